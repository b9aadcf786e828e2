use domain::api::{ApiKeysPage as Keys, ApiScope, MAX_NAME};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{PAGE, list::list};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, CheckboxField, Field, Glyph, PageHeader, Panel, Tone},
};

/// The secret of a key that was just made: the page that answers the form shows it this once.
#[derive(Clone, Debug)]
pub struct FreshKey(pub String);

/// `/staff/settings/api-keys`: every key, and a new one.
#[component]
pub fn ApiKeysPage() -> impl IntoView {
    let fresh = use_context::<FreshKey>();
    let reply = use_form_reply().unwrap_or_default();
    let is_revoked = use_query_map().with_untracked(|query| query.get_str("done") == Some("revoked"));
    let keys = Resource::new(|| (), |()| async { answer(&cx()?, services::api::list_keys(&cx()?).await) });
    view! {
        <Suspense>
            {move || {
                let (fresh, reply) = (fresh.clone(), reply.clone());
                Suspend::new(async move {
                    match keys.await {
                        Ok(keys) => show(keys, fresh, reply, is_revoked),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(keys: Keys, fresh: Option<FreshKey>, reply: FormReply, is_revoked: bool) -> AnyView {
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let revoked = (is_revoked && fresh.is_none() && reply == FormReply::default())
        .then(|| view! { <Alert tone=Tone::Good title="The key is revoked. It opens nothing any more." /> });
    let fresh = fresh.map(|FreshKey(secret)| {
        view! {
            <Alert tone=Tone::Good title="The key was made. Copy it now: it is not shown again.">
                <Field label="Secret key" name="secret" value=secret readonly=true autocomplete="off" />
            </Alert>
        }
    });
    let needs_password = keys.needs_password;
    view! {
        <Title text="API keys" />
        <div class="page">
            <PageHeader
                title="API keys"
                subtitle="With a key, another program such as your ERP sends contacts and documents, and reads them."
            >
                <a href="/api/v1/openapi.json" rel="external">
                    "API description"
                </a>
            </PageHeader>
            {problem}
            {revoked}
            {fresh}
            {list(keys.keys)}
            <Panel title="New key" id="new-key">
                {form(&reply, needs_password)}
            </Panel>
        </div>
    }
    .into_any()
}

fn form(reply: &FormReply, needs_password: bool) -> impl IntoView + use<> {
    let is_chosen =
        |scope: ApiScope| reply.values.iter().any(|(name, value)| name == "scopes" && value == scope.code());
    let scopes = ApiScope::ALL
        .map(|scope| {
            view! {
                <CheckboxField
                    label=scope.label()
                    name="scopes"
                    id=format!("scope-{}", scope.code().replace(':', "-"))
                    value=scope.code()
                    checked=is_chosen(scope)
                />
            }
        })
        .collect_view();
    let scopes_error =
        reply.error("scopes").map(|error| view! { <p class="field-error" id="scopes-error">{error}</p> });
    let length = u32::try_from(MAX_NAME).unwrap_or_default();
    let password = needs_password.then(|| {
        view! {
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="current-password"
                required=true
                hint="To confirm that it is you."
                error=reply.error("password")
            />
        }
    });
    view! {
        <form class="form" method="post" action=PAGE>
            <Field
                label="Name"
                name="name"
                value=reply.value("name")
                error=reply.error("name")
                required=true
                maxlength=length
                autocomplete="off"
                hint="Which program it is for. The audit trail names it so."
            />
            <fieldset class="choices" aria-describedby=scopes_error.is_some().then_some("scopes-error")>
                <legend>"It may"</legend>
                {scopes}
            </fieldset>
            {scopes_error}
            <Field
                label="Last day"
                name="until"
                kind="date"
                value=reply.value("until")
                error=reply.error("until")
                hint="It works to the end of that day. Leave it empty for no end."
            />
            {password}
            <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Key>
                "Create key"
            </Button>
        </form>
    }
}

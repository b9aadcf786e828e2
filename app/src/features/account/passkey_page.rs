use domain::{
    ids::PasskeyId,
    passkeys::{MAX_NAME, Passkey},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::security_path;
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, Crumb, Definition, DefinitionList, Field, PageHeader, Panel, Tone},
};

/// `/my/security/passkeys/{id}` and `/staff/security/passkeys/{id}`: to rename and to remove one. A plain page.
#[component]
pub fn PasskeyPage() -> impl IntoView {
    let home = security_path();
    let id = use_params_map().with_untracked(|params| params.get("id"));
    let id = id.and_then(|id| id.parse::<PasskeyId>().ok());
    let found = Resource::new(|| (), move |()| load(id));
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Suspense>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match found.await {
                        Ok((passkey, needs_password)) => show(home, passkey, needs_password, &reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

/// The passkey, and whether removing it asks for the password.
async fn load(id: Option<PasskeyId>) -> Result<(Passkey, bool), PortalError> {
    let cx = cx()?;
    let id = id.ok_or(PortalError::NotFound)?;
    let passkey = answer(&cx, services::auth::passkeys::get_passkey(&cx, id).await)?;
    Ok((passkey, services::auth::needs_proof(&cx)))
}

fn show(home: &str, passkey: Passkey, needs_password: bool, reply: &FormReply) -> AnyView {
    let Passkey { id, name, created, last_used } = passkey;
    let action = format!("{home}/passkeys/{id}");
    let last = last_used.map_or_else(|| "Never".to_owned(), |at| at.display());
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    // The form that came back shows what was typed; the other one what is.
    let typed = if reply.values.is_empty() { name.clone() } else { reply.value("name") };
    let wrong_name = reply.error("name");
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
    let rename = action.clone();
    let crumbs = vec![Crumb::link("Security", home), Crumb::text("Passkeys")];
    view! {
        <Title text=name.clone() />
        <div class="page narrow">
            <PageHeader title=name crumbs=crumbs />
            {problem}
            <Panel title="Passkey" id="passkey">
                <div class="stack">
                    <DefinitionList>
                        <Definition term="Created">{created.display()}</Definition>
                        <Definition term="Last used">{last}</Definition>
                    </DefinitionList>
                    <form class="form" method="post" action=rename>
                        <Field
                            label="Name"
                            name="name"
                            value=typed
                            autocomplete="off"
                            required=true
                            maxlength=u32::try_from(MAX_NAME).unwrap_or_default()
                            error=wrong_name
                        />
                        <Button submit=true name="do" value="rename">
                            "Rename"
                        </Button>
                    </form>
                </div>
            </Panel>
            <Panel title="Remove this passkey" id="remove-passkey">
                <div class="stack">
                    <p>
                        "It logs nobody in any more, and every other browser that is logged in as you is logged out. You \
                         can still log in with your password. Delete the passkey on your device too, which may go on \
                         offering it."
                    </p>
                    <form class="form" method="post" action=action>
                        {password}
                        <Button kind=ButtonKind::Danger submit=true name="do" value="remove">
                            "Remove"
                        </Button>
                    </form>
                </div>
            </Panel>
        </div>
    }
    .into_any()
}

use domain::webhooks::{MAX_URL, WebhookEvent, WebhooksPage as Webhooks};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{PAGE, deliveries::deliveries, list::list};
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    server::{answer, cx},
    ui::{Alert, Button, ButtonKind, CheckboxField, Field, Glyph, PageHeader, Panel, Tone},
};

/// The secret of a webhook that was just made: the page that answers the form shows it this once.
#[derive(Clone, Debug)]
pub struct FreshWebhook(pub String);

/// `/staff/settings/webhooks`: every webhook, what they were told last, and a new one. A plain page.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    let fresh = use_context::<FreshWebhook>();
    let reply = use_form_reply().unwrap_or_default();
    let done = use_query_map().with_untracked(|query| query.get("done"));
    let webhooks =
        Resource::new(|| (), |()| async { answer(&cx()?, services::webhooks::list_webhooks(&cx()?).await) });
    view! {
        <Suspense>
            {move || {
                let (fresh, reply, done) = (fresh.clone(), reply.clone(), done.clone());
                Suspend::new(async move {
                    match webhooks.await {
                        Ok(webhooks) => show(webhooks, fresh, reply, done),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn show(webhooks: Webhooks, fresh: Option<FreshWebhook>, reply: FormReply, done: Option<String>) -> AnyView {
    let problem = reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> });
    let told = match done.as_deref() {
        Some("test") => Some("The test was delivered."),
        Some("pause") => Some("Paused. What happens meanwhile waits, and is sent once you resume it."),
        Some("resume") => Some("Resumed."),
        Some("remove") => Some("The webhook is removed: nothing is sent there any more."),
        Some("resend") => Some("It is sent again."),
        _ => None,
    };
    let told = told
        .filter(|_| fresh.is_none() && reply == FormReply::default())
        .map(|told| view! { <Alert tone=Tone::Good title=told /> });
    let fresh = fresh.map(|FreshWebhook(secret)| {
        view! {
            <Alert tone=Tone::Good title="The webhook was made. Copy its secret now: it is not shown again.">
                <Field label="Signing secret" name="secret" value=secret readonly=true autocomplete="off" />
            </Alert>
        }
    });
    let needs_password = webhooks.needs_password;
    view! {
        <Title text="Webhooks" />
        <div class="page">
            <PageHeader
                title="Webhooks"
                subtitle="Another program is told when something happens here: signed, and tried again for a day."
            />
            {problem}
            {told}
            {fresh}
            {list(webhooks.webhooks)}
            <Panel title="New webhook" id="new-webhook">
                {form(&reply, needs_password)}
            </Panel>
            {deliveries(webhooks.deliveries)}
        </div>
    }
    .into_any()
}

fn form(reply: &FormReply, needs_password: bool) -> impl IntoView + use<> {
    let is_chosen = |event: WebhookEvent| {
        reply.values.iter().any(|(name, value)| name == "events" && value == event.code())
    };
    let events = WebhookEvent::CHOICES
        .map(|event| {
            view! {
                <CheckboxField
                    label=event.label()
                    name="events"
                    id=format!("event-{}", event.code().replace('.', "-"))
                    value=event.code()
                    checked=is_chosen(event)
                />
            }
        })
        .collect_view();
    let events_error =
        reply.error("events").map(|error| view! { <p class="field-error" id="events-error">{error}</p> });
    let length = u32::try_from(MAX_URL).unwrap_or_default();
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
                label="Address"
                name="url"
                value=reply.value("url")
                error=reply.error("url")
                required=true
                maxlength=length
                autocomplete="off"
                hint="Where the other program listens, such as https://erp.example.com/portico."
            />
            <fieldset class="choices" aria-describedby=events_error.is_some().then_some("events-error")>
                <legend>"Tell it of"</legend>
                {events}
            </fieldset>
            {events_error}
            {password}
            <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Send>
                "Create webhook"
            </Button>
        </form>
    }
}

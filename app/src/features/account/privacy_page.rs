use domain::account::{MailChoice, PrivacyPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::get_privacy;
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Alert, Button, ButtonKind, ButtonLink, CheckboxField, Field, PageHeader, Panel, Skeleton, Tone},
};

/// `/my/privacy`: which mails one gets, one's data to take along, and the way out.
#[component]
pub fn NotificationsAndPrivacyPage() -> impl IntoView {
    let privacy = Resource::new(|| (), |()| get_privacy());
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let reply = reply.clone().unwrap_or_default();
                Suspend::new(async move {
                    match privacy.await {
                        Ok(privacy) => show(privacy, &reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(privacy: PrivacyPage, reply: &FormReply) -> AnyView {
    let is_saved = use_query_map().with_untracked(|query| query.get("done").as_deref() == Some("saved"));
    let problem = reply.problem.clone();
    view! {
        <Title text="Notifications and privacy" />
        <div class="page narrow">
            <PageHeader title="Notifications and privacy" />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {is_saved.then(|| view! { <Alert tone=Tone::Good title="Saved. It holds for every mail from now on." /> })}
            {mails(privacy.mails_to, privacy.choices)}
            {export(&privacy.company, privacy.needs_password, reply)}
            <Panel title="Your account" id="account">
                <div class="stack">
                    <p>"You can close your account. That cannot be undone; what goes and what stays is said first."</p>
                    <div class="actions">
                        <ButtonLink href="/my/privacy/close">"Close my account"</ButtonLink>
                    </div>
                </div>
            </Panel>
        </div>
    }
    .into_any()
}

fn mails(to: Option<String>, choices: Vec<MailChoice>) -> impl IntoView {
    let Some(to) = to else {
        let text = "You log in with a name that is no email address, so that no mail can be sent to you.";
        return view! { <Panel title="Mails" id="mails"><p>{text}</p></Panel> }.into_any();
    };
    let boxes = choices
        .into_iter()
        .map(
            |choice| view! { <CheckboxField label=choice.label name=choice.code checked=choice.is_wanted /> },
        )
        .collect_view();
    view! {
        <Panel title="Mails" id="mails">
            <form class="form" method="post" action="/my/privacy">
                <fieldset class="choices">
                    <legend>{format!("Sent to {to}, about")}</legend>
                    {boxes}
                    <CheckboxField
                        label="Security of your account"
                        name="security"
                        checked=true
                        disabled=true
                        hint="Always sent, and so is what you ask for, such as links."
                    />
                </fieldset>
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>
                        "Save"
                    </Button>
                </div>
            </form>
        </Panel>
    }
    .into_any()
}

fn export(company: &str, needs_password: bool, reply: &FormReply) -> impl IntoView + use<> {
    let text = format!(
        "A ZIP file that people and programs can read: your login and contact details, your access, sessions and devices, \
         your choice of mails, what you did and what was done to your account, and the documents of {company} that you \
         may see."
    );
    let error = reply.error("password");
    let password = needs_password.then(|| {
        view! {
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="current-password"
                required=true
                hint="To confirm that it is you."
                error=error
            />
        }
    });
    view! {
        <Panel title="Your data" id="data">
            <form class="form" method="post" action="/my/privacy/export">
                <p>{text}</p>
                {password}
                <div class="actions">
                    <Button submit=true>"Export my data"</Button>
                </div>
            </form>
        </Panel>
    }
}

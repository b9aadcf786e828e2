use domain::account::ClosingPage;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::get_closing;
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    session::use_session,
    ui::{Alert, Button, ButtonKind, ButtonLink, Crumb, Field, PageHeader, Panel, Skeleton, Tone},
};

/// `/my/privacy/close`: what closing the account does, and the form that does it.
#[component]
pub fn CloseAccountPage() -> impl IntoView {
    let closing = Resource::new(|| (), |()| get_closing());
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let reply = reply.clone().unwrap_or_default();
                Suspend::new(async move {
                    match closing.await {
                        Ok(closing) => show(closing, &reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn show(closing: ClosingPage, reply: &FormReply) -> AnyView {
    let crumbs = vec![Crumb::link("Notifications and privacy", "/my/privacy")];
    // What refuses it stands above the form's place already.
    let problem = reply.problem.clone().filter(|_| closing.refusal.is_none());
    let way = match closing.refusal.clone() {
        Some(refusal) => {
            view! { <Alert tone=Tone::Warn title="You cannot close it now">{refusal}</Alert> }.into_any()
        }
        None => form(closing.login.clone(), reply.clone()).into_any(),
    };
    view! {
        <Title text="Close my account" />
        <div class="page narrow">
            <PageHeader title="Close my account" crumbs=crumbs />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            {consequences(closing)}
            {way}
        </div>
    }
    .into_any()
}

fn consequences(closing: ClosingPage) -> impl IntoView {
    let business = use_session().business;
    let companies = closing.companies.join(", ");
    let reach = if closing.forgotten.is_empty() {
        None
    } else {
        Some("Your email address, phone number and postal address are cleared.")
    };
    let stays = if closing.forgotten.is_empty() { " and how to reach you" } else { "" };
    view! {
        <Panel title="What happens" id="what-happens">
            <ul class="closing-list">
                <li>{format!("You are logged out everywhere, and nobody can log in as {} any more.", closing.login)}</li>
                <li>{format!("Your access to {companies} ends at once.")}</li>
                <li>"Your password, second factor, known devices and choice of mails are deleted."</li>
                {reach.map(|reach| view! { <li>{reach}</li> })}
                <li>
                    {format!(
                        "{business} keeps your name{stays}, the documents that were issued and the record of who did what: the books must hold them.",
                    )}
                </li>
                <li>{format!("{business} is told. Nobody can undo it; to come back, you need a new invitation.")}</li>
            </ul>
        </Panel>
    }
}

fn form(login: String, reply: FormReply) -> impl IntoView {
    view! {
        <Panel title="Confirm" id="confirm">
            <form class="form" method="post" action="/my/privacy/close">
                <Field
                    label="Your login"
                    name="login"
                    value=reply.value("login")
                    autocomplete="off"
                    required=true
                    hint=format!("Type {login} to confirm.")
                    error=reply.error("login")
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    error=reply.error("password")
                />
                <div class="actions">
                    <Button kind=ButtonKind::Danger submit=true>
                        "Close my account for good"
                    </Button>
                    <ButtonLink href="/my/privacy">"Keep it"</ButtonLink>
                </div>
            </form>
        </Panel>
    }
}

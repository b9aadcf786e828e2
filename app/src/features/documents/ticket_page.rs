//! A new ticket.

use domain::documents::{MAX_FILE, MAX_FILES, MAX_MESSAGE, MAX_SUBJECT};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::get_new_ticket;
use crate::{
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Crumb, Field, FileDrop, PageHeader, Panel, Skeleton, TextArea,
        Tone,
    },
};

const LIST: &str = "/my/tickets";

/// `/my/tickets/new`: what it is about, what happened, and files.
#[component]
pub fn TicketNewPage() -> impl IntoView {
    let key = Resource::new(|| (), |()| get_new_ticket());
    let reply = use_form_reply().unwrap_or_default();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match key.await {
                        Ok(key) => form(key.to_string(), reply),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn form(key: String, reply: FormReply) -> AnyView {
    // A form that was refused keeps its key: sent again once it is put right, it is the same ticket.
    let key = Some(reply.value("key")).filter(|key| !key.is_empty()).unwrap_or(key);
    let value = |name: &str| reply.value(name);
    let [subject, description] = ["subject", "description"].map(value);
    let [wrong_subject, wrong_description, wrong_files] =
        ["subject", "description", "files"].map(|name| reply.error(name));
    let problem = reply.problem;
    let limit = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    view! {
        <Title text="New ticket" />
        <div class="page narrow">
            <PageHeader
                title="New ticket"
                crumbs=vec![Crumb::link("Overview", "/my"), Crumb::link("Tickets", LIST)]
            />
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <Panel title="How can we help?" id="ticket">
                <form method="post" action=format!("{LIST}/new") enctype="multipart/form-data" class="form">
                    <input type="hidden" name="key" value=key />
                    <Field
                        label="Subject"
                        name="subject"
                        required=true
                        maxlength=limit(MAX_SUBJECT)
                        value=subject
                        error=wrong_subject
                    />
                    <TextArea
                        label="Description"
                        name="description"
                        rows=8
                        required=true
                        maxlength=limit(MAX_MESSAGE)
                        hint="What you need, or what happened, since when, and what you tried."
                        value=description
                        error=wrong_description
                    />
                    <FileDrop
                        label="Files"
                        name="files"
                        multiple=true
                        most=MAX_FILE
                        hint=format!("Up to {MAX_FILES} files of at most 10 MB each, such as pictures or PDFs.")
                        error=wrong_files
                    />
                    <div class="actions">
                        <Button kind=ButtonKind::Primary submit=true>
                            "Open ticket"
                        </Button>
                        <ButtonLink href=LIST>"Cancel"</ButtonLink>
                    </div>
                </form>
            </Panel>
        </div>
    }
    .into_any()
}

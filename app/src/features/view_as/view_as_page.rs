use domain::{
    ids::ContactId,
    view_as::{MAX_REASON, ViewChoice, ViewChoices},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::list_view_choices;
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{
        Alert, Button, ButtonKind, ButtonLink, Crumb, EmptyState, Field, Glyph, PageHeader, SelectField,
        Skeleton, Tone,
    },
};

/// `/staff/contacts/{id}/view-as`: asks why, then shows the portal as the customer sees it.
#[component]
pub fn ViewAsPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok())
    });
    let reply = StoredValue::new(use_form_reply().unwrap_or_default());
    let choices = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => list_view_choices(id).await.map(|choices| (id, choices)),
                None => Err(PortalError::NotFound),
            }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=6 /> }>
            {move || Suspend::new(async move {
                match choices.await {
                    Ok((id, choices)) => show(id, choices, reply.get_value()),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

fn show(id: ContactId, choices: ViewChoices, reply: FormReply) -> AnyView {
    let ViewChoices { name, choices, refusal } = choices;
    let page = format!("/staff/contacts/{id}");
    let crumbs = vec![
        Crumb::link("Contacts overview", "/staff/contacts"),
        Crumb::link(name.clone(), page.clone()),
        Crumb::text("View as customer"),
    ];
    let body = match refusal {
        Some(refusal) => view! {
            <div class="card">
                <EmptyState title="The portal cannot be viewed as this contact" text=refusal glyph=Glyph::Lock />
            </div>
        }
        .into_any(),
        None => form(&page, choices, reply),
    };
    view! {
        <Title text="View as customer" />
        <div class="page narrow">
            <PageHeader
                title="View as customer"
                subtitle=format!("See the portal of {name} exactly as it is seen there: for 15 minutes, and to look only.")
                crumbs=crumbs
            />
            {body}
        </div>
    }
    .into_any()
}

fn form(page: &str, choices: Vec<ViewChoice>, reply: FormReply) -> AnyView {
    let options: Vec<(String, String)> =
        choices.into_iter().map(|choice| (choice.code(), choice.label)).collect();
    let max = u32::try_from(MAX_REASON).ok();
    let action = format!("{page}/view-as");
    let back = page.to_owned();
    let problem = reply.problem.clone();
    view! {
        {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <form method="post" action=action class="form card view-as-form">
            <SelectField
                label="View as"
                name="choice"
                options=options
                value=reply.value("choice")
                error=reply.error("choice")
            />
            <Field
                label="Reason"
                name="reason"
                value=reply.value("reason")
                required=true
                nostrip:maxlength=max
                autocomplete="off"
                hint="Written down with your name, where the customer can read it."
                error=reply.error("reason")
            />
            <div class="actions">
                <Button kind=ButtonKind::Primary submit=true glyph=Glyph::Eye>
                    "Open the portal"
                </Button>
                <ButtonLink href=back>"Cancel"</ButtonLink>
            </div>
        </form>
    }
    .into_any()
}

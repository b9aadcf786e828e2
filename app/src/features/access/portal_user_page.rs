use domain::{
    access::{PortalState, PortalUserPage as Page},
    ids::ContactId,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{
    api::get_portal_user,
    portal_user_fields::{CONTACTS, day_fields, group_field, problem, two_factor_field},
};
use crate::{
    PortalError,
    features::contacts::tone,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Alert, Badge, Button, ButtonKind, ButtonLink, Crumb, PageHeader, Skeleton, Tone},
};

/// `/staff/contacts/{id}/portal-user`: on which terms a contact is a portal user.
#[component]
pub fn PortalUserPage() -> impl IntoView {
    let params = use_params_map();
    let contact = move || params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok());
    let loaded = Resource::new(contact, |contact| async move {
        get_portal_user(contact.ok_or(PortalError::NotFound)?).await
    });
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=6 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok(page) => edit_form(&page, reply.as_ref()).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn edit_form(page: &Page, reply: Option<&FormReply>) -> impl IntoView + use<> {
    let user = page.user.clone();
    let action = format!("{CONTACTS}/{}/portal-user", user.contact);
    let is_unclaimed = matches!(user.state, PortalState::Invited | PortalState::Pending);
    let last = user
        .last_authenticated
        .map_or_else(|| "Never signed in.".to_owned(), |at| format!("Signed in last on {}.", at.display()));
    let badge = (tone(user.state), user.state.label());
    let mut crumbs = vec![
        Crumb::link("Contacts overview", CONTACTS),
        Crumb::link(page.customer_name.clone(), format!("{CONTACTS}/{}", page.customer)),
    ];
    if !user.is_customer {
        crumbs.push(Crumb::link(user.name.clone(), format!("{CONTACTS}/{}", user.contact)));
    }
    let stale = reply.is_some_and(|reply| reply.is_stale).then(|| {
        let now = format!(
            "Somebody else saved meanwhile: the group is {} now. What you chose is below; save again to keep it.",
            user.group_name
        );
        view! { <Alert tone=Tone::Warn title=now /> }
    });
    let view_as = format!("{CONTACTS}/{}/view-as", user.contact);
    view! {
        <Title text=format!("Portal user {}", user.login) />
        <div class="page narrow">
            <PageHeader
                title=user.login.clone()
                subtitle=last
                crumbs=crumbs
                badge=move || view! { <Badge tone=badge.0 text=badge.1 /> }
            >
                <ButtonLink href=view_as>"View as customer"</ButtonLink>
            </PageHeader>
            {problem(reply)}
            {stale}
            <form method="post" action=action.clone() class="form">
                <input type="hidden" name="seen" value=user.seen() />
                {group_field(reply, &page.groups, None, user.group.to_string())}
                {two_factor_field(reply, user.require_two_factor)}
                <fieldset class="field-grid">
                    <legend>"How long"</legend>
                    {day_fields(reply, &page.first_day, &page.last_day)}
                </fieldset>
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true name="what" value="save">"Save"</Button>
                </div>
            </form>
            <form class="actions" method="post" action=action>
                {is_unclaimed
                    .then(|| view! { <Button submit=true name="what" value="reinvite">"Re-invite"</Button> })}
                <Button kind=ButtonKind::Danger submit=true name="what" value="end">"End access"</Button>
            </form>
        </div>
    }
}

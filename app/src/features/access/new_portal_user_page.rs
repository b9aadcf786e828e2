use domain::{access::NewPortalUser, ids::ContactId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{
    api::get_new_portal_user,
    portal_user_fields::{CONTACTS, day_fields, group_field, problem, shown, two_factor_field, wrong},
};
use crate::{
    PortalError,
    form::{FormReply, use_form_reply},
    layout::ErrorPage,
    ui::{Button, ButtonKind, ButtonLink, Crumb, Field, PageHeader, SelectField, Skeleton, TextArea},
};

/// `/staff/contacts/{id}/portal-users/new`.
#[component]
pub fn NewPortalUserPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let customer = move || params.with(|params| params.get("id")).and_then(|id| id.parse::<ContactId>().ok());
    let chosen = move || query.with(|query| query.get("contact")).and_then(|id| id.parse::<ContactId>().ok());
    let loaded = Resource::new(
        move || (customer(), chosen()),
        |(customer, chosen)| async move {
            let customer = customer.ok_or(PortalError::NotFound)?;
            Ok((customer, chosen, get_new_portal_user(customer, chosen).await?))
        },
    );
    let reply = use_form_reply();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=8 /> }>
            {move || {
                let reply = reply.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok((customer, chosen, new)) => new_form(customer, chosen, &new, reply.as_ref()).into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

fn new_form(
    customer: ContactId,
    chosen: Option<ContactId>,
    new: &NewPortalUser,
    reply: Option<&FormReply>,
) -> impl IntoView + use<> {
    let first = new.contacts.iter().find(|(id, ..)| Some(*id) == chosen).or(new.contacts.first());
    let (contact, email) =
        first.map_or_else(Default::default, |(id, _, email)| (id.to_string(), email.clone()));
    let by = if email.is_empty() { "hand" } else { "mail" };
    let login = RwSignal::new(shown(reply, "login", email));
    let emails: Vec<(String, String)> =
        new.contacts.iter().map(|(id, _, email)| (id.to_string(), email.clone())).collect();
    // Whoever is chosen, their recorded email is the first guess for the login.
    let choose = move |id: String| {
        if let Some((_, email)) = emails.iter().find(|(key, _)| *key == id) {
            login.set(email.clone());
        }
    };
    let contacts = new.contacts.iter().map(|(id, name, _)| (id.to_string(), name.clone())).collect();
    let ways = [("mail", "They do, by an invitation mail"), ("hand", "I set it here")];
    let ways = ways.map(|(value, label)| (value.to_owned(), label.to_owned())).into();
    let action = format!("{CONTACTS}/{customer}/portal-users/new");
    view! {
        <Title text="New portal user" />
        <div class="page narrow">
            <PageHeader
                title="New portal user"
                crumbs=vec![
                    Crumb::link("Contacts overview", CONTACTS),
                    Crumb::link(new.customer_name.clone(), format!("{CONTACTS}/{customer}")),
                ]
            />
            {problem(reply)}
            <form method="post" action=action class="form">
                <SelectField
                    label="Customer/Contact"
                    name="contact"
                    options=contacts
                    value=shown(reply, "contact", contact)
                    error=wrong(reply, "contact")
                    on_change=choose
                />
                <Field
                    label="Login"
                    name="login"
                    bind=login
                    autocomplete="off"
                    hint="An email address is best: its owner can reset the password alone."
                    error=wrong(reply, "login")
                />
                {group_field(reply, &new.groups, Some("What fits the contact"), String::new())}
                {two_factor_field(reply, false)}
                <fieldset class="field-grid">
                    <legend>"How long"</legend>
                    {day_fields(reply, "", "")}
                </fieldset>
                <fieldset class="field-grid">
                    <legend>"Their password"</legend>
                    <SelectField
                        label="Who chooses it"
                        name="password_by"
                        options=ways
                        value=shown(reply, "password_by", by)
                    />
                    <TextArea
                        label="Invitation message"
                        name="message"
                        value=shown(reply, "message", "")
                        hint="Added to the invitation mail."
                        error=wrong(reply, "message")
                    />
                    <Field
                        label="Initial password"
                        name="password"
                        kind="password"
                        autocomplete="new-password"
                        hint="Only where you set it here; tell it to them in person."
                        error=wrong(reply, "password")
                    />
                    <Field
                        label="Verify the password"
                        name="repetition"
                        kind="password"
                        autocomplete="new-password"
                        error=wrong(reply, "repetition")
                    />
                </fieldset>
                <div class="actions">
                    <Button kind=ButtonKind::Primary submit=true>"Add portal user"</Button>
                    <ButtonLink href=format!("{CONTACTS}/{customer}")>"Discard"</ButtonLink>
                </div>
            </form>
        </div>
    }
}

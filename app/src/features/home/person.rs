//! Whose account it is, and how it is kept.

use domain::{access::Permission, documents::Details};
use leptos::prelude::*;

use crate::{
    session::use_session,
    ui::{ButtonLink, Definition, DefinitionList, Panel},
};

/// Section *Details*: the person as the business knows them.
#[component]
pub(super) fn PersonDetails(details: Details) -> impl IntoView {
    let session = use_session();
    let is_own = !session.is_visitor() && !session.is_view_as();
    let address = details.address.join("\n");
    let known = [
        ("Name", details.name),
        ("Company", details.company.unwrap_or_default()),
        ("Email", details.email),
        ("Phone", details.phone),
        ("Address", address),
    ];
    let known = known
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| {
            view! {
                <Definition term=term>
                    <span class="lines">{value}</span>
                </Definition>
            }
        })
        .collect_view();
    view! {
        <Panel
            title="Details"
            id="details"
            actions=move || is_own.then(|| view! { <ButtonLink href="/my/account">"Edit"</ButtonLink> })
        >
            <DefinitionList>{known}</DefinitionList>
        </Panel>
    }
    .into_any()
}

/// Section *Account Security*: what they log in with.
#[component]
pub(super) fn AccountSecurity() -> impl IntoView {
    let session = use_session();
    let is_viewed = session.is_view_as();
    let login = session.me.as_ref().map(|me| me.login.clone()).unwrap_or_default();
    if login.is_empty() {
        // Whoever came by a secure link has no account.
        return ().into_any();
    }
    // Staff who look at what a customer sees get no further: it is not their account.
    let edit = (!is_viewed).then(|| view! { <a href="/my/security">"Edit Security Settings"</a> });
    // The cards of the people who are looked at are shown to staff as they are to them.
    let methods = session.may_in_portal(Permission::MethodsView).then(|| {
        view! { <a href="/my/payment-methods">"Manage payment methods"</a> }
    });
    let told = format!("Your password works here only. Nobody at {} can see it.", session.business);
    view! {
        <Panel title="Account Security" id="account-security">
            <div class="stack">
                <DefinitionList>
                    <Definition term="Login">
                        <span class="lines">{login}</span>
                    </Definition>
                </DefinitionList>
                <p class="aside-text">{told}</p>
                {edit}
                {methods}
            </div>
        </Panel>
    }
    .into_any()
}

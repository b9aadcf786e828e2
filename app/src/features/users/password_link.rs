use domain::{access::PortalState, ids::ContactId};
use leptos::prelude::*;

use crate::ui::ButtonLink;

/// The way from a contact's page to the page that helps with its password, once the contact has portal access.
#[component]
pub fn PasswordResetLink(contact: ContactId, state: PortalState) -> impl IntoView {
    state.is_in_portal().then(|| view! { <ButtonLink href=address(contact)>"Password Reset"</ButtonLink> })
}

/// That page's address.
pub(super) fn address(contact: ContactId) -> String {
    format!("/staff/contacts/{contact}/password")
}

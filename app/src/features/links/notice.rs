use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Alert, Tone};

/// What a form of a contact's page did, told once after the redirect.
#[component]
pub(crate) fn ContactNotice() -> impl IntoView {
    let told = match use_query_map().with_untracked(|query| query.get("notice")).as_deref() {
        Some("link-rotated") => {
            (Tone::Good, "The secure link is a new one.", "The old one is dead, and whoever used it is out.")
        }
        Some("link-off") => (Tone::Good, "The secure link is off.", "Whoever used it is out."),
        Some("link-on") => (Tone::Good, "The secure link is on.", "It is the same link as before."),
        Some("link-signs-in") => (
            Tone::Info,
            "That secure link leads to sign-in.",
            "This customer has portal users. To see what they see, choose View as customer.",
        ),
        Some("view-left") => {
            (Tone::Good, "You left the customer’s portal.", "What you see is your own again.")
        }
        _ => return ().into_any(),
    };
    let (tone, title, text) = told;
    view! { <Alert tone=tone title=title>{text}</Alert> }.into_any()
}

//! How a document was answered, above the document.

use domain::documents::Answered;
use leptos::prelude::*;

use crate::ui::{Alert, Tone};

/// By whom and when, and why it was declined; of an earlier version, that it counts no more.
#[component]
pub(super) fn AnsweredAlert(answered: Answered) -> impl IntoView {
    let Answered { is_accepted, name, at, reason, is_void } = answered;
    let did = if is_accepted { "Accepted" } else { "Declined" };
    let (tone, title) = match (is_void, is_accepted) {
        (true, _) => {
            (Tone::Warn, format!("{did} by {name} on {at}, in an earlier version: that counts no more."))
        }
        (false, true) => (Tone::Good, format!("{did} by {name} on {at}")),
        (false, false) => (Tone::Info, format!("{did} by {name} on {at}")),
    };
    view! { <Alert tone=tone title=title>{reason}</Alert> }.into_any()
}

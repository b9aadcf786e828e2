//! Whether customers see a document.

use domain::documents::Exposure;
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// *Published*, *Hidden* or *Not published*.
#[component]
pub(super) fn ExposureBadge(exposure: Exposure) -> impl IntoView {
    let (tone, text) = match (exposure.published.is_some(), exposure.is_visible) {
        (true, true) => (Tone::Good, "Published"),
        (true, false) => (Tone::Warn, "Hidden"),
        (false, _) => (Tone::Neutral, "Not published"),
    };
    view! { <Badge tone=tone text=text /> }.into_any()
}

//! Icons: decoration beside a text, never instead of it.

use leptos::prelude::*;

use super::Glyph;

/// An icon, hidden from assistive technology: the text beside it says the same.
#[component]
pub fn Icon(
    /// What it shows.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
    .into_any()
}

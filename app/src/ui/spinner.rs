//! Something is under way.

use leptos::prelude::*;

/// A turning ring; hidden from assistive technology, so say what is under way beside it.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }.into_any()
}

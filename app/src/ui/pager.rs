//! Turning a long list's pages.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// *Previous page* and *Next page*; one without an address is shown as unavailable.
#[component]
pub fn Pager(
    /// The page before.
    previous: Option<String>,
    /// The page after.
    next: Option<String>,
    /// What is shown, such as *40 invoices*.
    #[prop(into, optional)]
    summary: Option<String>,
) -> impl IntoView {
    view! {
        <nav class="pager" aria-label="Pages">
            <span class="pager-summary">{summary}</span>
            <a
                class="button"
                rel="prev"
                role=previous.is_none().then_some("link")
                aria-disabled=previous.is_none().then_some("true")
                href=previous
            >
                <Icon glyph=Glyph::ChevronLeft />
                "Previous page"
            </a>
            <a
                class="button"
                rel="next"
                role=next.is_none().then_some("link")
                aria-disabled=next.is_none().then_some("true")
                href=next
            >
                "Next page"
                <Icon glyph=Glyph::ChevronRight />
            </a>
        </nav>
    }
    .into_any()
}

//! Stepping through something: a long list's pages, or the documents of a list.

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
            <StepLinks previous=previous next=next back="Previous page" forth="Next page" />
        </nav>
    }
    .into_any()
}

/// A link back and a link forth; one without an address is shown as unavailable.
#[component]
pub fn StepLinks(
    /// Where the one before is.
    previous: Option<String>,
    /// Where the next is.
    next: Option<String>,
    /// What the link back says.
    back: &'static str,
    /// What the link forth says.
    forth: &'static str,
) -> impl IntoView {
    view! {
        <a
            class="button"
            rel="prev"
            role=previous.is_none().then_some("link")
            aria-disabled=previous.is_none().then_some("true")
            href=previous
        >
            <Icon glyph=Glyph::ChevronLeft />
            {back}
        </a>
        <a
            class="button"
            rel="next"
            role=next.is_none().then_some("link")
            aria-disabled=next.is_none().then_some("true")
            href=next
        >
            {forth}
            <Icon glyph=Glyph::ChevronRight />
        </a>
    }
    .into_any()
}

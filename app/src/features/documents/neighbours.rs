//! The way to the documents beside this one, in the order of the list that was open in this tab.

use domain::{
    documents::{Around, DocumentFilter, DocumentKind},
    ids::DocumentId,
};
use leptos::prelude::*;

use super::list_address::href_in;
use crate::ui::{Glyph, Icon};

/// *Previous* and *Next*; nothing for the only one of its list.
#[component]
pub(super) fn Neighbours(kind: DocumentKind, around: Around, list: DocumentFilter) -> impl IntoView {
    let to = |id: Option<DocumentId>| id.map(|id| href_in(kind, id, &list));
    let (previous, next) = (to(around.previous), to(around.next));
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="doc-nav" aria-label="Beside it in the list">
                <a
                    class="button"
                    rel="prev"
                    role=previous.is_none().then_some("link")
                    aria-disabled=previous.is_none().then_some("true")
                    href=previous
                >
                    <Icon glyph=Glyph::ChevronLeft />
                    "Previous"
                </a>
                <a
                    class="button"
                    rel="next"
                    role=next.is_none().then_some("link")
                    aria-disabled=next.is_none().then_some("true")
                    href=next
                >
                    "Next"
                    <Icon glyph=Glyph::ChevronRight />
                </a>
            </nav>
        }
        .into_any()
    })
}

//! The way to the documents beside this one, in the order of the list that was open in this tab.

use domain::{
    documents::{Around, DocumentFilter, DocumentKind},
    ids::DocumentId,
};
use leptos::prelude::*;

use super::list_address::href_in;
use crate::ui::StepLinks;

/// *Previous* and *Next*; nothing for the only one of its list.
#[component]
pub(super) fn Neighbours(kind: DocumentKind, around: Around, list: DocumentFilter) -> impl IntoView {
    let to = |id: Option<DocumentId>| id.map(|id| href_in(kind, id, &list));
    let (previous, next) = (to(around.previous), to(around.next));
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="doc-nav" aria-label="Beside it in the list">
                <StepLinks previous=previous next=next back="Previous" forth="Next" />
            </nav>
        }
        .into_any()
    })
}

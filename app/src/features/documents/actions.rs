//! What a reader may do with a document, at its head.

use domain::documents::{DocumentAction, DocumentPage};
use leptos::prelude::*;

use super::href;
use crate::ui::{ButtonKind, ButtonLink, Glyph};

/// A link for each action; each leads to an address of its own, so that it works without WebAssembly.
#[component]
pub(super) fn Actions(page: DocumentPage) -> impl IntoView {
    let address = href(page.row.kind, page.row.id);
    page.actions
        .into_iter()
        .map(|action| match action {
            DocumentAction::Sign => view! {
                <ButtonLink kind=ButtonKind::Primary href=format!("{address}/sign")>
                    "Accept & Sign"
                </ButtonLink>
            },
            DocumentAction::Decline => {
                view! { <ButtonLink href=format!("{address}/decline")>"Decline"</ButtonLink> }
            }
            DocumentAction::Download => view! {
                <ButtonLink href=format!("{address}/pdf?download") external=true glyph=Glyph::Download>
                    "Download"
                </ButtonLink>
            },
        })
        .collect_view()
        .into_any()
}

//! The kinds of documents, each with how many there are.

use domain::documents::KindTile;
use leptos::prelude::*;

use crate::{features::documents::glyph, ui};

/// A link for each kind that the person may see.
#[component]
pub(super) fn KindTiles(tiles: Vec<KindTile>) -> impl IntoView {
    let tiles = tiles
        .into_iter()
        .map(|KindTile { kind, count }| {
            let href = format!("/my/{}", kind.plural());
            let count = u64::try_from(count).unwrap_or(0);
            view! { <ui::KindTile label=kind.label() count=count href=href glyph=glyph(kind) /> }
        })
        .collect_view();
    view! { <div class="kind-grid">{tiles}</div> }.into_any()
}

//! What the pages of *Accept & Sign* and *Decline* share.

use domain::{
    documents::{DocumentKind, DocumentRow},
    ids::DocumentId,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::name_of;

/// The document that the address names.
pub(super) fn wanted() -> Option<(DocumentKind, DocumentId)> {
    use_params_map().with_untracked(|params| {
        Some((DocumentKind::from_plural(params.get_str("kind")?)?, params.get_str("id")?.parse().ok()?))
    })
}

/// `Quotation S00023`, or the title alone of what has no number.
pub(super) fn title_of(row: &DocumentRow) -> String {
    if row.number.is_empty() { name_of(row) } else { format!("{} {}", row.noun, row.number) }
}

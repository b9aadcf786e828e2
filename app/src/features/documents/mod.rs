//! Documents as customers see them: one list page and one document page for all kinds.

mod actions;
#[cfg(feature = "ssr")]
mod answer;
mod answered;
pub mod api;
mod columns;
#[cfg(feature = "ssr")]
mod decline_page;
mod facts;
mod figures;
mod key_panel;
mod kind_words;
mod lines;
mod list_page;
mod paper;
mod show_page;
#[cfg(feature = "ssr")]
mod sign_page;
#[cfg(feature = "ssr")]
mod staff;
mod state_badge;
mod text;
mod totals;

#[cfg(feature = "ssr")]
pub use decline_page::DeclinePage;
pub use list_page::DocumentListPage;
pub use show_page::DocumentShowPage;
#[cfg(feature = "ssr")]
pub use sign_page::SignPage;
#[cfg(feature = "ssr")]
pub use staff::{DocumentFormPage, OriginalPage, StaffDocumentListPage, StaffDocumentPage};

pub(crate) use kind_words::glyph;

use domain::documents::{DocumentKind, DocumentRow};
use domain::ids::DocumentId;

/// The address of a document's page.
pub(crate) fn href(kind: DocumentKind, id: DocumentId) -> String {
    format!("/my/{}/{id}", kind.plural())
}

/// What a link to a document says; never nothing.
pub(crate) fn name_of(row: &DocumentRow) -> String {
    let name = row.name().trim();
    if name.is_empty() { row.noun.clone() } else { name.to_owned() }
}

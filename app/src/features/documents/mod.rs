//! Documents as customers see them: one list page and one document page for all kinds, both plain.

#[cfg(feature = "ssr")]
mod actions;
#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod answered;
pub mod api;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
mod conversation;
#[cfg(feature = "ssr")]
mod decline_page;
#[cfg(feature = "ssr")]
mod facts;
#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod key_panel;
mod kind_words;
#[cfg(feature = "ssr")]
mod lines;
#[cfg(feature = "ssr")]
mod linked;
#[cfg(feature = "ssr")]
mod list_address;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod list_tools;
#[cfg(feature = "ssr")]
mod neighbours;
mod open_by_age;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
mod search_page;
#[cfg(feature = "ssr")]
mod share;
#[cfg(feature = "ssr")]
mod show_page;
#[cfg(feature = "ssr")]
mod sign_page;
#[cfg(feature = "ssr")]
mod staff;
#[cfg(feature = "ssr")]
mod state_badge;
#[cfg(feature = "ssr")]
mod statement_page;
#[cfg(feature = "ssr")]
mod text;
#[cfg(feature = "ssr")]
mod ticket_page;
#[cfg(feature = "ssr")]
mod totals;
#[cfg(feature = "ssr")]
mod transfer_panel;

#[cfg(feature = "ssr")]
pub use decline_page::DeclinePage;
#[cfg(feature = "ssr")]
pub use list_page::DocumentListPage;
#[cfg(feature = "ssr")]
pub use search_page::SearchPage;
#[cfg(feature = "ssr")]
pub use share::{
    DeadSharePage, MadeShareLink, ShareLinksPage, SharedDeclinePage, SharedDocumentPage, SharedPayPage,
    SharedPaymentPage, SharedSignPage,
};
#[cfg(feature = "ssr")]
pub use show_page::DocumentShowPage;
#[cfg(feature = "ssr")]
pub use sign_page::SignPage;
#[cfg(feature = "ssr")]
pub use staff::{DocumentFormPage, OriginalPage, StaffDocumentListPage, StaffDocumentPage};
#[cfg(feature = "ssr")]
pub use statement_page::StatementPage;
#[cfg(feature = "ssr")]
pub use ticket_page::TicketNewPage;

pub(crate) use kind_words::glyph;
pub(crate) use open_by_age::OpenByAge;
#[cfg(feature = "ssr")]
pub(crate) use transfer_panel::TransferPanel;

use domain::documents::DocumentKind;
#[cfg(feature = "ssr")]
use domain::documents::DocumentRow;
use domain::ids::DocumentId;

/// The address of a document's page.
pub(crate) fn href(kind: DocumentKind, id: DocumentId) -> String {
    format!("/my/{}/{id}", kind.plural())
}

/// What a link to a document says; never nothing.
#[cfg(feature = "ssr")]
pub(crate) fn name_of(row: &DocumentRow) -> String {
    row.name_or_noun().to_owned()
}

//! Documents as staff find and see them: all kinds, published or not.

mod exposure;
mod filter_form;
mod form_lines;
mod form_page;
mod list_page;
mod notice;
mod noun;
mod original_page;
mod show_page;
mod table;

pub use form_page::DocumentFormPage;
pub use list_page::StaffDocumentListPage;
pub use original_page::OriginalPage;
pub use show_page::StaffDocumentPage;

/// The list's address.
pub(super) const LIST: &str = "/staff/documents";

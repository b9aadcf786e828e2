//! The staff's contacts.

pub mod api;
mod form_page;
mod list_page;
mod show_page;

pub use form_page::ContactFormPage;
pub use list_page::ContactListPage;
pub use show_page::ContactShowPage;

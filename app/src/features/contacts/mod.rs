//! The staff's contacts.

pub mod api;
mod conflict;
mod filter;
mod form_fields;
mod form_page;
mod list_page;
mod list_table;
mod show_page;

pub use filter::bulk_targets;
pub use form_page::ContactFormPage;
pub use list_page::ContactListPage;
pub use show_page::ContactShowPage;

pub(crate) use filter::{bulk_href, to_href as list_href};
pub(crate) use list_table::tone;

//! Documents: whatever a customer can look at.

mod export_documents;
mod get_document;
mod home;
pub(crate) mod lines;
mod list_documents;
mod read;

pub use counters::{WrongCounter, check_counters};
pub use get_document::get_document;
pub use home::home;
pub use list_documents::list_documents;

pub(crate) use export_documents::export_documents;

pub(crate) mod counters;
pub(crate) mod write;

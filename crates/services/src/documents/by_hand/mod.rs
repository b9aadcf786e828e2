//! Documents that staff write by hand.

mod choices;
mod get_document_form;
mod layout;
mod lines;
mod read;
mod save_document;
mod values;

pub use get_document_form::get_document_form;
pub use save_document::save_document;

//! Documents that staff write by hand.

mod choices;
mod get_document_form;
mod layout;
mod lines;
mod read;
mod save_document;
mod values;

pub(crate) use get_document_form::stored_lines;
pub use layout::has_lines;
pub(crate) use layout::plain_fields;
pub(crate) use read::read;
pub(crate) use values::Values;

pub use get_document_form::get_document_form;
pub use save_document::save_document;

//! Documents as staff work on them: all of them, published or not.

mod exposure;
mod get_staff_document;
mod list_staff_documents;
mod set_published;

pub use get_staff_document::get_staff_document;
pub use list_staff_documents::list_staff_documents;
pub use set_published::set_published;

//! Contacts: the companies and people in the books.

mod archive_contact;
mod get_contact;
mod list_companies;
mod list_contacts;
mod save_contact;
mod search;

pub use archive_contact::archive_contact;
pub use get_contact::get_contact;
pub use list_companies::list_companies;
pub use list_contacts::list_contacts;
pub(crate) use list_contacts::{filtered, names};
pub use save_contact::save_contact;
pub(crate) use save_contact::{insert_person, told};
pub(crate) use search::searched;

pub(crate) mod commercial_entity;
pub(crate) mod search_text;

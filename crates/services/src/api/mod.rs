//! The machine API: what other programs read and write here with a key.
//!
//! Keys are kept by staff. What they write goes the way of an import: records are found by their external ids, one that
//! is as it was the last time is left alone, with whatever staff made of it since.

mod answers;
mod contact_fields;
mod create_key;
mod document_fields;
mod enter_key;
mod files;
mod list_keys;
mod problem;
mod rates;
mod read_contacts;
mod read_documents;
mod revoke_key;
mod save_contact;
mod save_document;

pub use crate::documents::has_lines;
pub use answers::{Answered, begin_answer, finish_answer, forget_answer, sweep_answers};
pub use contact_fields::CONTACT_FIELDS;
pub use create_key::{NewKey, create_key};
pub use document_fields::{LINE_FIELDS, TIES, document_fields};
pub use enter_key::{Entered, enter_key};
pub use files::{get_file, put_file};
pub use list_keys::list_keys;
pub use problem::{ApiError, ApiResult};
pub use rates::Rates;
pub use read_contacts::{get_contact, list_contacts};
pub use read_documents::{get_document, list_documents};
pub use revoke_key::revoke_key;
pub use save_contact::save_contact;
pub use save_document::save_document;

use serde::Serialize;

/// After which record a page begins.
pub use uuid::Uuid as Cursor;

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Saved {
    /// It was not here before.
    Created,
    /// It says something else now.
    Changed,
    /// It was so already.
    Unchanged,
}

/// Longest external id, in characters.
pub const MAX_EXTERNAL_ID: usize = 200;

/// An external id as it was sent.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) for the field `external_id`.
fn external_id(text: &str) -> crate::ServiceResult<&str> {
    let is_good = !text.trim().is_empty()
        && text.trim() == text
        && text.chars().count() <= MAX_EXTERNAL_ID
        && !text.chars().any(char::is_control);
    let told = "Use 1 to 200 characters, without control characters, and without spaces around them.";
    if is_good { Ok(text) } else { Err(crate::ServiceError::field("/external_id", told)) }
}

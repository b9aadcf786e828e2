//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod archive_contact;
mod get_contact;
mod list_companies;
mod list_contacts;
mod save_contact;

pub use archive_contact::*;
pub use get_contact::*;
pub use list_companies::*;
pub use list_contacts::*;
pub use save_contact::*;

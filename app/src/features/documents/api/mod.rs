//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_document;
mod get_document_form;
mod get_home;
mod get_new_ticket;
mod get_staff_document;
mod get_statement;
mod list_documents;
mod list_staff_documents;
mod search_all;

pub use get_document::*;
pub use get_document_form::*;
pub use get_home::*;
pub use get_new_ticket::*;
pub use get_staff_document::*;
pub use get_statement::*;
pub use list_documents::*;
pub use list_staff_documents::*;
pub use search_all::*;

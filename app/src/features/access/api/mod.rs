//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod change_access;
mod check_emails;
mod list_grant_rows;

pub use change_access::*;
pub use check_emails::*;
pub use list_grant_rows::*;

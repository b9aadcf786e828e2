//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod change_access;
mod check_emails;
mod get_new_portal_user;
mod get_portal_user;
mod list_bulk_rows;
mod list_companies;
mod list_grant_rows;
mod list_group_choices;
mod list_members;

pub use change_access::*;
pub use check_emails::*;
pub use get_new_portal_user::*;
pub use get_portal_user::*;
pub use list_bulk_rows::*;
pub use list_companies::*;
pub use list_grant_rows::*;
pub use list_group_choices::*;
pub use list_members::*;

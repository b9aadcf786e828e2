//! The server functions of this feature: adapters, one call each. What changes something is a plain form.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_user;
mod list_contact_logins;
mod list_users;

pub use get_user::*;
pub use list_contact_logins::*;
pub use list_users::*;

//! The server functions of this feature: adapters, one call each. They serve customers and staff alike, each for
//! their own account.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod begin_enrolment;
mod finish_enrolment;
mod get_details;
mod get_security;
mod password_strength;

pub use begin_enrolment::*;
pub use finish_enrolment::*;
pub use get_details::*;
pub use get_security::*;
pub use password_strength::*;
mod get_closing;
mod get_privacy;
mod list_sessions;

pub use get_closing::*;
pub use get_privacy::*;
pub use list_sessions::*;

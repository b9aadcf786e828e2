//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod explain_access;
mod explain_member_access;

pub use explain_access::*;
pub use explain_member_access::*;

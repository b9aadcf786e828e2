//! The server functions of this feature: adapters, one call each. They serve customers and staff alike, each for
//! their own account.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_security;

pub use get_security::*;

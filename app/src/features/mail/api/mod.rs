//! The server functions of this feature: adapters, one call each. What changes something is a plain form.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod list_mail;

pub use list_mail::*;

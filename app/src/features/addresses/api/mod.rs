//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_address;
mod list_addresses;

pub use get_address::*;
pub use list_addresses::*;

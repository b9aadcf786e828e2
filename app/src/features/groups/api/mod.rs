//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_group;
mod list_groups;

pub use get_group::*;
pub use list_groups::*;

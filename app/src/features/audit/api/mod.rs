//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod list_access_log;
mod list_events;

pub use list_access_log::*;
pub use list_events::*;

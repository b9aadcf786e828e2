//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_import_status;
mod list_imports;

pub use get_import_status::*;
pub use list_imports::*;

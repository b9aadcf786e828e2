//! The pages of Portico and their typed server functions.
//!
//! Built twice: into the server, which renders every page, and to WebAssembly, which makes them reactive.
//! Two roots, the portal and the staff side, have a router and a bundle each, so that a customer's browser
//! never loads the staff side.
#![recursion_limit = "256"]

mod error;
pub mod features;
pub mod form;
mod json;
pub mod layout;
#[cfg(feature = "ssr")]
mod path;
mod plain;
mod roots;
#[cfg(feature = "ssr")]
pub mod server;
mod session;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod ui;

pub use error::PortalError;
#[cfg(feature = "ssr")]
pub use path::encode_path;
pub use roots::{PortalApp, StaffApp};
#[cfg(feature = "hydrate")]
pub use roots::{hydrate_portal, hydrate_staff};

//! The use cases of Portico: the only place that queries, writes or decides access.
//!
//! Each operation takes a [`Cx`] and asks [`access`] before anything else. It knows neither axum nor
//! Leptos, so pages, forms, the command line and tests all call the same code.

#[cfg(test)]
extern crate self as services;
#[cfg(test)]
#[path = "../tests/it/support/mod.rs"]
#[allow(
    dead_code,
    missing_docs,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "the integration tests' builder, of which this crate's own tests use a part"
)]
mod support;

pub mod access;
pub mod account;
pub mod addresses;
pub mod api;
mod archive;
pub mod articles;
pub mod audit;
pub mod auth;
mod clock;
pub mod contacts;
mod cx;
mod db;
pub mod demo;
pub mod documents;
mod error;
pub mod files;
pub mod groups;
mod ids;
pub mod import;
mod like;
pub mod links;
pub mod mail;
mod page;
pub mod payments;
mod places;
mod secret;
pub mod secrets;
pub mod settings;
mod spreadsheet;
pub mod subscriptions;
mod trigrams;
pub mod users;
pub mod view_as;
pub mod wallet;
pub mod webhooks;

pub use clock::Clock;
pub use cx::{Cx, Origin, Portico, PorticoConfig};
pub use db::{Db, DbError, Transaction};
pub use error::{ServiceError, ServiceResult};
pub use secret::hash as hash_secret;

/// A number from 0 to `most`, by chance.
pub fn up_to(most: u64) -> u64 {
    rand::random_range(0..=most)
}

/// An id for a request: random enough to be unique, short enough to be read out on the telephone.
pub fn mint_request_id() -> String {
    secret::mint().chars().filter(char::is_ascii_alphanumeric).take(12).collect()
}

//! One folder a feature: its server functions in `api/`, its pages and parts beside them.

pub mod access;
pub mod account;
pub mod addresses;
#[cfg(feature = "ssr")]
pub mod api_keys;
#[cfg(feature = "ssr")]
pub mod articles;
pub mod audit;
/// Plain forms, which the browser's bundles do without.
#[cfg(feature = "ssr")]
pub mod auth;
pub mod contacts;
pub mod documents;
#[cfg(feature = "ssr")]
pub mod explain;
#[cfg(feature = "ssr")]
pub mod groups;
pub mod home;
#[cfg(feature = "ssr")]
pub mod import;
pub mod links;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod payments;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod subscriptions;
pub mod users;
pub mod view_as;
#[cfg(feature = "ssr")]
pub mod wallet;
#[cfg(feature = "ssr")]
pub mod webhooks;

//! One folder a feature: its server functions in `api/`, its pages and parts beside them.

pub mod access;
pub mod account;
pub mod addresses;
pub mod audit;
/// Plain forms, which the browser's bundles do without.
#[cfg(feature = "ssr")]
pub mod auth;
pub mod contacts;
pub mod documents;
pub mod explain;
pub mod groups;
pub mod home;
pub mod import;
pub mod links;
pub mod mail;
pub mod settings;
pub mod users;
pub mod view_as;

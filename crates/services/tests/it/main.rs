//! The use cases against real databases: SQLite always, PostgreSQL where `PORTICO_TEST_POSTGRES` names a server.
#![allow(missing_docs, clippy::expect_used, reason = "tests")]

mod access;
mod account;
mod addresses;
mod api;
mod articles;
mod audit;
mod auth;
mod contacts;
mod demo;
pub mod documents;
mod groups;
mod import;
mod links;
mod mail;
mod payments;
mod settings;
mod subscriptions;
mod support;
mod users;
mod view_as;
mod webhooks;

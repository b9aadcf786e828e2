//! The server as one service, tried over HTTP.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![recursion_limit = "256"]

mod access_matrix;
mod api;
mod audit;
mod cross_site;
mod enumeration;
mod headers;
mod kills;
mod listening;
mod lists;
mod objects;
mod paper;
#[cfg(feature = "passkeys")]
mod passkeys;
mod password;
mod payments;
mod people;
mod posting;
mod privacy;
mod processes;
mod secure_link;
mod settings;
mod share_links;
mod sign_in;
#[allow(dead_code, reason = "what the tests of the use cases need besides")]
#[path = "../../../crates/services/tests/it/support/smtp_server.rs"]
mod smtp_server;
mod stripe;
mod support;
mod view_as;

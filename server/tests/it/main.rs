//! The server as one service, tried over HTTP.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![recursion_limit = "256"]

mod access_matrix;
mod audit;
mod cross_site;
mod enumeration;
mod headers;
mod listening;
mod objects;
#[cfg(feature = "passkeys")]
mod passkeys;
mod password;
mod people;
mod privacy;
mod processes;
mod secure_link;
mod settings;
mod sign_in;
mod support;
mod view_as;

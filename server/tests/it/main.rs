//! The server as one service, tried over HTTP.
#![allow(missing_docs, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]
#![recursion_limit = "256"]

mod access_matrix;
mod audit;
mod cross_site;
mod headers;
mod listening;
mod objects;
mod people;
mod privacy;
mod secure_link;
mod settings;
mod sign_in;
mod support;
mod view_as;

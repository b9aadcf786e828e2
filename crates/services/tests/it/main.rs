//! The use cases against real databases: SQLite always, PostgreSQL where `PORTICO_TEST_POSTGRES` names a server.
#![allow(missing_docs, reason = "tests")]

mod access;
mod auth;
mod support;

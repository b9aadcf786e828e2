//! The server: command line, configuration, router, middleware and workers around the use cases.
#![recursion_limit = "256"]

pub mod assets;
pub mod cli;
pub mod config;
mod demo;
mod http;
pub mod listening;
mod lock;
mod middleware;
mod output;
pub mod posting;
pub mod printing;
pub mod router;
mod secret_key;
mod serve;
mod session_store;
pub mod stripe;
mod tls;
mod workers;

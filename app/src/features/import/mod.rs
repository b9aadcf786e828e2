//! Importing records.

pub mod api;
mod import_page;
mod progress;
mod report;
mod runs;
mod upload;

pub use import_page::ImportPage;

//! Importing records.

pub mod api;
mod import_page;
mod progress;
mod report;
mod runs;
#[cfg(feature = "ssr")]
mod sheet_new_page;
#[cfg(feature = "ssr")]
mod sheet_page;
mod upload;

pub use import_page::ImportPage;
#[cfg(feature = "ssr")]
pub use {sheet_new_page::SheetNewPage, sheet_page::SheetPage};

/// The page's address.
#[cfg(feature = "ssr")]
const PAGE: &str = "/staff/import";
/// Where spreadsheets are uploaded.
const SHEETS: &str = "/staff/import/spreadsheet";

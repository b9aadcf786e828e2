//! Importing records: plain pages.

mod import_page;
mod progress;
mod report;
mod runs;
mod sheet_new_page;
mod sheet_page;
mod upload;

pub use import_page::ImportPage;
pub use sheet_new_page::SheetNewPage;
pub use sheet_page::SheetPage;

/// The page's address.
const PAGE: &str = "/staff/import";
/// Where spreadsheets are uploaded.
const SHEETS: &str = "/staff/import/spreadsheet";

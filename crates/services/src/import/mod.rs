//! Imports: another program's export becomes contacts and documents.
//!
//! All files are read and checked first ([`read`]), then written in one transaction ([`apply`]). Records are
//! found again by the ids that the export gives them, and one that is as it was the last time is left alone,
//! with whatever staff made of it since.

mod apply;
mod cells;
mod csv_rows;
mod file_kind;
mod fingerprint;
mod get_sheet;
mod html;
mod import_csv;
mod import_odoo;
mod import_sheet;
mod import_status;
mod keep_sheet;
mod list_imports;
pub(crate) mod machine;
mod may_import;
mod notes;
mod read;
mod running;
mod runs;
mod sheet;
mod source;
mod start_import;
mod steps;
mod sweep_imports;
mod sweep_sheets;
mod table;

pub(crate) use csv_rows::{CsvRow, read_separated_rows};
pub use get_sheet::get_sheet;
pub use import_csv::import_csv;
pub use import_odoo::import_odoo;
pub use import_sheet::{SheetStep, import_sheet};
pub use import_status::import_status;
pub use keep_sheet::{MAX_SHEET, keep_sheet};
pub use list_imports::list_imports;
pub use may_import::may_import;
pub use sheet::Layout;
pub use source::{SourceFile, read_folder};
pub use start_import::start_import;
pub use sweep_imports::sweep_imports;
pub use sweep_sheets::sweep_sheets;

pub(crate) use running::RunningImport;

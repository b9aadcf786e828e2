//! Imports: what one did, and how the texts of another program's export are read.
//!
//! The readers are pure and take one cell each; `services::import` knows files, rows and the database.

mod amounts;
mod dates;
mod decimal;
mod report;
mod sheet;
mod words;

pub use amounts::{parse_amount, parse_hours_as_minutes, parse_percent, parse_quantity, parse_unit_price};
pub use dates::{DateError, parse_date};
pub use decimal::{Decimal, NumberError};
pub use report::{ImportReport, ImportRun, ImportStatus, ImportSummary, KindCount, RowNote, Severity};
pub use sheet::{SheetColumn, SheetField, SheetForm, SheetPage};
pub use words::{
    invites_portal_users, parse_flag, parse_invoice_state, parse_is_opportunity, parse_move_type,
    parse_purchase_state, parse_sale_state, parse_task_state,
};

//! The audit trail in words that people read.

mod catalogue;
mod group;
mod read;

pub use catalogue::words;
pub use group::ActionGroup;
pub use read::{AccessLogRow, AuditFilter, AuditRow, Change};

//! The audit trail: rows are only ever added. The database refuses to change or delete one.

mod changes;
mod export_events;
mod export_own;
mod list_access_log;
mod list_events;
mod reach;
mod record;

pub(crate) use changes::between;
pub use export_events::{Export, begin_export, export_events};
pub(crate) use export_own::{export_own, iso};
pub use list_access_log::list_access_log;
pub use list_events::list_events;
pub(crate) use record::{By, Event, record, record_by};

//! The audit trail: rows are only ever added.

mod record;

pub(crate) use record::{Event, record};

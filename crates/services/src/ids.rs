//! New keys.

use std::sync::Mutex;

use domain::Instant;
use uuid::{ContextV7, Timestamp, Uuid};

/// Counts within a millisecond, so that keys sort in the order in which they were made.
static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());

/// A new UUIDv7 for a row made at an instant: keys sort by age, also under a test's clock.
pub(crate) fn mint(now: Instant) -> Uuid {
    let millis = u64::try_from(now.millis()).unwrap_or(0);
    let nanos = u32::try_from(millis % 1_000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(&CONTEXT, millis / 1_000, nanos))
}

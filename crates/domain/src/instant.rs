//! Points in time.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime, macros::format_description};

/// A point in time: milliseconds since the Unix epoch, in UTC.
///
/// One integer sorts, compares and keys a page the same way in SQLite, PostgreSQL and the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The instant this many milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by a duration, which may be negative; stays at the limits of the range.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        let millis = i64::try_from(duration.whole_milliseconds()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(millis))
    }

    /// How long after `earlier` this instant is; negative when it is before.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::milliseconds(self.0.saturating_sub(earlier.0))
    }

    /// The calendar date and time in UTC.
    pub fn to_utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Date and time to the second, in UTC, as `22 Nov 2026, 09:05:07 UTC`: tells apart what happens often.
    pub fn display_exact(self) -> String {
        let format =
            format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute]:[second] UTC");
        self.to_utc().format(format).unwrap_or_default()
    }

    /// Date and time to the minute, in UTC, as `22 Nov 2026, 09:05 UTC`.
    pub fn display(self) -> String {
        let format = format_description!("[day padding:none] [month repr:short] [year], [hour]:[minute] UTC");
        self.to_utc().format(format).unwrap_or_default()
    }
}

impl From<OffsetDateTime> for Instant {
    fn from(time: OffsetDateTime) -> Self {
        Self(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
    }
}

/// A calendar date as people read it: `22 Nov 2026`.
pub fn display_date(date: time::Date) -> String {
    date.format(format_description!("[day padding:none] [month repr:short] [year]")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn survives_the_round_trip_to_a_calendar() {
        let instant = Instant::from(datetime!(2026-11-22 09:05:07.123 UTC));
        assert_eq!(Instant::from(instant.to_utc()), instant);
        assert_eq!(instant.display(), "22 Nov 2026, 09:05 UTC");
        assert_eq!(instant.display_exact(), "22 Nov 2026, 09:05:07 UTC");
    }

    #[test]
    fn moves_both_ways_and_never_overflows() {
        let start = Instant::from_millis(1_000);
        assert_eq!(start.plus(Duration::seconds(2)).since(start), Duration::seconds(2));
        assert_eq!(start.plus(Duration::seconds(-1)), Instant::from_millis(0));
        assert_eq!(Instant::from_millis(i64::MAX).plus(Duration::DAY).millis(), i64::MAX);
    }
}

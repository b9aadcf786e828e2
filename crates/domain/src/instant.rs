//! Points in time.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, OffsetDateTime};

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
        let utc = self.to_utc();
        let (hour, minute, second) = utc.to_hms();
        format!("{}, {hour:02}:{minute:02}:{second:02} UTC", display_date(utc.date()))
    }

    /// Date and time to the minute, in UTC, as `22 Nov 2026, 09:05 UTC`.
    pub fn display(self) -> String {
        let utc = self.to_utc();
        let (hour, minute, _) = utc.to_hms();
        format!("{}, {hour:02}:{minute:02} UTC", display_date(utc.date()))
    }
}

impl From<OffsetDateTime> for Instant {
    fn from(time: OffsetDateTime) -> Self {
        Self(i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
    }
}

/// A calendar date as people read it: `22 Nov 2026`.
pub fn display_date(date: Date) -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (year, month, day) = date.to_calendar_date();
    let end = usize::from(u8::from(month)) * 3;
    format!("{day} {} {year:04}", MONTHS.get(end - 3..end).unwrap_or_default())
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

    #[test]
    fn dates_read_well() {
        assert_eq!(display_date(time::macros::date!(2026 - 01 - 02)), "2 Jan 2026");
        assert_eq!(display_date(time::macros::date!(2026 - 12 - 31)), "31 Dec 2026");
    }
}

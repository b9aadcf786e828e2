//! The business's time zone.

use domain::Instant;
use jiff::{Timestamp, civil, tz::TimeZone};
use time::Date;

/// A time zone of the IANA database that comes with the program.
#[derive(Clone, Debug)]
pub(crate) struct Zone(TimeZone);

impl Zone {
    /// The name of the zone of an installation that chose none.
    pub(crate) const UTC: &str = "UTC";

    /// The zone of a name; UTC where there is none of that name.
    pub(crate) fn named(name: &str) -> Self {
        Self(find(name).unwrap_or(TimeZone::UTC))
    }

    /// When a day begins there: at midnight, or right after a clock that skips it.
    pub(crate) fn begin_of(&self, day: Date) -> Instant {
        let begin = || {
            let year = i16::try_from(day.year()).ok()?;
            let (month, day) = (i8::try_from(u8::from(day.month())).ok()?, i8::try_from(day.day()).ok()?);
            civil::Date::new(year, month, day).ok()?.to_zoned(self.0.clone()).ok()
        };
        match begin() {
            Some(zoned) => Instant::from_millis(zoned.timestamp().as_millisecond()),
            None => Instant::from_millis(if day.year() > 0 { i64::MAX } else { i64::MIN }),
        }
    }

    /// The day there.
    pub(crate) fn day_of(&self, instant: Instant) -> Date {
        let zoned = self.zoned(instant);
        let date = zoned.as_ref().map(jiff::Zoned::date);
        let made = date.and_then(|date| {
            let month = time::Month::try_from(u8::try_from(date.month()).ok()?).ok()?;
            Date::from_calendar_date(date.year().into(), month, u8::try_from(date.day()).ok()?).ok()
        });
        made.unwrap_or_else(|| instant.to_utc().date())
    }

    /// Date and time to the minute there: `22 Nov 2026, 10:05 CET`.
    pub(crate) fn display(&self, instant: Instant) -> String {
        self.format(instant, "%-d %b %Y, %H:%M %Z")
    }

    /// The same to the second.
    pub(crate) fn display_exact(&self, instant: Instant) -> String {
        self.format(instant, "%-d %b %Y, %H:%M:%S %Z")
    }

    fn format(&self, instant: Instant, format: &str) -> String {
        self.zoned(instant).map_or_else(String::new, |zoned| zoned.strftime(format).to_string())
    }

    fn zoned(&self, instant: Instant) -> Option<jiff::Zoned> {
        Timestamp::from_millisecond(instant.millis()).ok().map(|at| at.to_zoned(self.0.clone()))
    }
}

/// The zone of a name, if the database has it.
fn find(name: &str) -> Option<TimeZone> {
    jiff::tz::db().get(name).ok()
}

/// The names to choose from: places, and UTC.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| {
            name.contains('/')
                && !["Etc/", "SystemV/", "posix/", "right/"].iter().any(|odd| name.starts_with(odd))
        })
        .collect();
    names.push(Zone::UTC.to_owned());
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether there is a zone of that name.
pub(crate) fn exists(name: &str) -> bool {
    !name.is_empty() && find(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn days_begin_where_the_business_is() {
        let berlin = Zone::named("Europe/Berlin");
        assert_eq!(berlin.begin_of(date!(2026 - 11 - 22)), datetime!(2026-11-21 23:00 UTC).into());
        assert_eq!(berlin.begin_of(date!(2026 - 07 - 01)), datetime!(2026-06-30 22:00 UTC).into());
        assert_eq!(berlin.day_of(datetime!(2026-11-21 23:30 UTC).into()), date!(2026 - 11 - 22));
        assert_eq!(
            Zone::named("no such").day_of(datetime!(2026-11-21 23:30 UTC).into()),
            date!(2026 - 11 - 21)
        );
        assert!(berlin.begin_of(Date::MAX).since(Instant::from_millis(0)) > time::Duration::days(1));
    }

    #[test]
    fn times_are_told_with_their_zone() {
        let at = datetime!(2026-11-02 09:05:07 UTC).into();
        assert_eq!(Zone::named("Europe/Berlin").display(at), "2 Nov 2026, 10:05 CET");
        assert_eq!(Zone::named(Zone::UTC).display_exact(at), "2 Nov 2026, 09:05:07 UTC");
    }

    #[test]
    fn there_are_places_to_choose_from() {
        let names = names();
        assert!(names.len() > 300 && names.iter().any(|name| name == "America/New_York"));
        assert!(names.iter().all(|name| exists(name)));
        assert!(!exists("") && !exists("Mars/Olympus"));
    }
}

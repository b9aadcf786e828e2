//! Dates of an export.

use time::{Date, Time, macros::format_description};

/// A text that is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a date such as 2026-11-22")]
pub struct DateError;

/// Reads `2026-11-22`, or the day of `2026-11-22 09:05:07`.
///
/// # Errors
/// [`DateError`] for all else.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    let (day, time) = text
        .split_once([' ', 'T'])
        .map_or((text, None), |(day, time)| (day, Some(time.trim_end_matches('Z'))));
    if let Some(time) = time {
        let (seconds, _fraction) = time.split_once('.').unwrap_or((time, ""));
        Time::parse(seconds, format_description!("[hour]:[minute]:[second]"))
            .or_else(|_no_seconds| Time::parse(seconds, format_description!("[hour]:[minute]")))
            .map_err(|_no_time| DateError)?;
    }
    Date::parse(day, format_description!("[year]-[month]-[day]")).map_err(|_no_day| DateError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn takes_days_and_the_days_of_instants() {
        for text in ["2026-11-22", " 2026-11-22 ", "2026-11-22 00:48:00", "2026-11-22T00:48:00.123Z"] {
            assert_eq!(parse_date(text), Ok(date!(2026 - 11 - 22)), "{text}");
        }
    }

    #[test]
    fn refuses_all_else() {
        for text in
            ["", "22/11/2026", "2026-13-01", "2026-02-30", "2026-11-22 25:00:00", "soon", "2026-11-22 x"]
        {
            assert_eq!(parse_date(text), Err(DateError), "{text}");
        }
    }
}

//! Calendar dates in JSON, read and written by hand: the crate `time` knows every format, and brings the code for all
//! of them into the browser.

use serde::{Deserialize, Deserializer, Serializer, de::Error};
use time::{Date, Month};

/// Reads `2026-11-22`, four digits of year and two of month and day.
pub fn parse_iso(text: &str) -> Option<Date> {
    let (year, month, day) =
        (text.get(..4)?, text.get(4..7)?.strip_prefix('-')?, text.get(7..)?.strip_prefix('-')?);
    let are_digits = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !are_digits || day.len() != 2 {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// The date as JSON, addresses and date fields hold it: `2026-11-22`.
pub fn to_iso(date: Date) -> String {
    let (year, month, day) = date.to_calendar_date();
    format!("{year:04}-{:02}-{day:02}", u8::from(month))
}

/// For `#[serde(default, with = "date")]` on a date that may be missing: as `2026-11-22`.
pub(crate) fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.serialize_str(&to_iso(*date)),
        None => serializer.serialize_none(),
    }
}

/// The other way round.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| parse_iso(&text).ok_or_else(|| D::Error::custom("no date"))).transpose()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, Deserialize)]
    struct Held {
        #[serde(default, with = "super")]
        date: Option<Date>,
    }

    #[test]
    fn json_holds_what_people_sort_by() {
        for (held, json) in [
            (Held { date: Some(date!(2026 - 01 - 02)) }, r#"{"date":"2026-01-02"}"#),
            (Held { date: None }, r#"{"date":null}"#),
        ] {
            assert_eq!(serde_json::to_string(&held).expect("serialises"), json);
            assert_eq!(serde_json::from_str::<Held>(json).expect("reads"), held);
        }
        assert_eq!(serde_json::from_str::<Held>("{}").expect("reads"), Held { date: None });
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "2026-1-02", "2026-13-01", "2026-02-30", "2026/01/02", "+026-01-02", "2026-01-02x", "日本語"]
        {
            assert_eq!(parse_iso(text), None, "{text}");
        }
        assert_eq!(parse_iso("2024-02-29"), Some(date!(2024 - 02 - 29)));
    }
}

//! Days relative to today, so that the demo's invoices are always about to be due.

use time::{Date, Duration};

/// Fills in `{today}`, `{today-12}`, `{today+20}`, and `{year-12}` for the year of such a day. `None` for a
/// text with any other thing in braces.
pub(super) fn fill(text: &str, today: Date) -> Option<String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (placeholder, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(placeholder, today)?);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn value(placeholder: &str, today: Date) -> Option<String> {
    let end = placeholder.find(['+', '-']).unwrap_or(placeholder.len());
    let (word, days) = placeholder.split_at_checked(end)?;
    let days = if days.is_empty() { 0 } else { days.parse().ok()? };
    let day = today.checked_add(Duration::days(days))?;
    match word {
        "today" => Some(day.to_string()),
        "year" => Some(day.year().to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let filled =
            fill("a,{today},{today-22} 09:30:00,INV/{year-22}/1,{today+40}\n", date!(2026 - 01 - 20));
        assert_eq!(filled.as_deref(), Some("a,2026-01-20,2025-12-29 09:30:00,INV/2025/1,2026-03-01\n"));
    }

    #[test]
    fn anything_else_in_braces_is_a_mistake() {
        for text in ["{tomorrow}", "{today-x}", "{today", "{}"] {
            assert_eq!(fill(text, date!(2026 - 01 - 20)), None, "{text}");
        }
    }
}

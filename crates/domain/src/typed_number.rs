//! Numbers as people type them.

/// Nothing that is counted here is larger.
const MOST: i64 = 1_000_000_000_000_000;

/// Reads a number such as `1250.5`, `1,250.50` or `12,5` in units of ten to the power of `-decimals`. A comma stands
/// for thousands where three digits follow each, as in what we show, else for the decimal point.
#[must_use]
pub fn parse_typed(text: &str, decimals: u32) -> Option<i64> {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '\u{2019}' && *c != '\'').collect();
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = match (digits.rfind('.'), digits.rfind(',')) {
        (Some(point), Some(comma)) => {
            let at = point.max(comma);
            let separator = if point > comma { ',' } else { '.' };
            (grouped(digits.get(..at)?, separator)?, digits.get(at + 1..)?.to_owned())
        }
        (Some(_), None) => {
            let (whole, fraction) = digits.split_once('.')?;
            (whole.to_owned(), fraction.to_owned())
        }
        (None, Some(_)) => match grouped(digits, ',') {
            Some(whole) => (whole, String::new()),
            None => {
                let (whole, fraction) = digits.split_once(',')?;
                (whole.to_owned(), fraction.to_owned())
            }
        },
        (None, None) => (digits.to_owned(), String::new()),
    };
    let fraction = fraction.trim_end_matches('0');
    let width = usize::try_from(decimals).ok()?;
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(fraction) || fraction.len() > width {
        return None;
    }
    let value: i64 = format!("{whole}{fraction:0<width$}").parse().ok()?;
    (value <= MOST).then_some(if negative { -value } else { value })
}

/// The digits of groups of three; nothing where the groups are others.
fn grouped(digits: &str, separator: char) -> Option<String> {
    let mut groups = digits.split(separator);
    let first = groups.next()?;
    let mut whole = first.to_owned();
    for group in groups {
        if first.is_empty() || first.len() > 3 || group.len() != 3 {
            return None;
        }
        whole.push_str(group);
    }
    Some(whole)
}

/// The same number as a field holds it: without groups, and without zeros at its end beyond `least` decimals.
#[must_use]
pub fn to_typed(value: i64, decimals: u32, least: usize) -> String {
    let unit = 10_u64.pow(decimals);
    let absolute = value.unsigned_abs();
    let width = usize::try_from(decimals).unwrap_or(0);
    let mut fraction = if width == 0 { String::new() } else { format!("{:0width$}", absolute % unit) };
    while fraction.len() > least && fraction.ends_with('0') {
        fraction.pop();
    }
    let sign = if value < 0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", absolute / unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, expected) in [
            ("1250.5", 125_050),
            ("1,250.50", 125_050),
            ("1.250,50", 125_050),
            ("12,5", 1_250),
            ("1,250", 125_000),
            ("1 250", 125_000),
            ("-7", -700),
            ("\u{2212}7.10", -710),
            ("0", 0),
            ("1’000", 100_000),
        ] {
            assert_eq!(parse_typed(text, 2), Some(expected), "{text}");
        }
        for text in
            ["", "-", "abc", "1.005", "1,25,0", "1..5", "1e3", ".5", "1,2345.6", "99999999999999999999"]
        {
            assert_eq!(parse_typed(text, 2), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_field_holds_is_read_back(value in -1_000_000_000_000_i64..1_000_000_000_000, decimals in 0_u32..4) {
            prop_assert_eq!(parse_typed(&to_typed(value, decimals, 0), decimals), Some(value));
            let least = usize::try_from(decimals).unwrap_or(0);
            prop_assert_eq!(parse_typed(&to_typed(value, decimals, least), decimals), Some(value));
        }
    }
}

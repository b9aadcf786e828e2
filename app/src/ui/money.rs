//! Amounts that line up.

use leptos::prelude::*;

fn digits(currency: &str) -> usize {
    match currency {
        "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

fn symbol(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        "USD" => "$",
        _ => return None,
    })
}

/// An amount in a currency's minor units as people write it: `€1,234.50`, `-CHF 12.00`.
#[must_use]
pub fn format_money(minor: i64, currency: &str) -> String {
    let digits = digits(currency);
    let all = format!("{:0>width$}", minor.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = all.split_at(all.len() - digits);
    let mut out = String::with_capacity(all.len() + 12);
    if minor < 0 {
        out.push('-');
    }
    match symbol(currency) {
        Some(symbol) => out.push_str(symbol),
        None => {
            out.push_str(currency);
            out.push('\u{a0}');
        }
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if digits > 0 {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// An amount of money in figures of equal width.
#[component]
pub fn Money(
    /// The amount in minor units.
    minor: i64,
    /// The currency's three letters.
    #[prop(into)]
    currency: String,
) -> impl IntoView {
    view! { <span class="money">{format_money(minor, &currency)}</span> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::format_money;

    #[test]
    fn groups_and_pads() {
        assert_eq!(format_money(123_450, "EUR"), "€1,234.50");
        assert_eq!(format_money(5, "USD"), "$0.05");
        assert_eq!(format_money(-123_456_789, "GBP"), "-£1,234,567.89");
        assert_eq!(format_money(1_000, "JPY"), "¥1,000");
        assert_eq!(format_money(0, "CHF"), "CHF\u{a0}0.00");
        assert_eq!(format_money(1_500, "KWD"), "KWD\u{a0}1.500");
        assert_eq!(format_money(i64::MIN, "EUR"), "-€92,233,720,368,547,758.08");
    }
}

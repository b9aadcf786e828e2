//! Numbers that are no amounts of money.

use domain::Money;

/// A quantity in thousandths, without zeros at its end: `5`, `2.5`.
pub(super) fn display_quantity(thousandths: i64) -> String {
    display_scaled(thousandths, 3)
}

/// A share in hundredths of a percent: `10 %`, `12.5 %`.
pub(super) fn display_percent(hundredths: i64) -> String {
    format!("{} %", display_scaled(hundredths, 2))
}

/// An amount as a list shows it: what is in the contact's favour is subtracted.
pub(super) fn signed(amount: Money, is_credit: bool) -> Money {
    if is_credit { amount.credited() } else { amount }
}

fn display_scaled(value: i64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let absolute = value.unsigned_abs();
    let sign = if value < 0 { "−" } else { "" };
    let (whole, fraction) = (grouped(absolute / unit), absolute % unit);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(decimals).unwrap_or(0);
    let fraction = format!("{fraction:0width$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

/// How many there are of something: `1,250`.
pub(super) fn display_count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

/// Thousands apart, as in amounts of money.
fn grouped(whole: u64) -> String {
    if whole < 1_000 { whole.to_string() } else { format!("{},{:03}", grouped(whole / 1_000), whole % 1_000) }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn quantities_end_without_zeros() {
        assert_eq!(display_quantity(5_000), "5");
        assert_eq!(display_quantity(2_500), "2.5");
        assert_eq!(display_quantity(1), "0.001");
        assert_eq!(display_quantity(-1_050), "−1.05");
        assert_eq!(display_quantity(0), "0");
        assert_eq!(display_quantity(1_234_005_670), "1,234,005.67");
    }

    #[test]
    fn shares_read_as_percent() {
        assert_eq!(display_percent(1_000), "10 %");
        assert_eq!(display_percent(1_250), "12.5 %");
    }

    #[test]
    fn credits_are_subtracted_however_they_are_kept() {
        for minor in [500, -500] {
            assert_eq!(signed(Money::new(minor, Currency::USD), true).minor, -500);
        }
        assert_eq!(signed(Money::new(500, Currency::USD), false).minor, 500);
    }
}

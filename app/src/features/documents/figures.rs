//! Amounts as lists show them.

use domain::Money;

/// An amount as a list shows it: what is in the contact's favour is subtracted.
pub(super) fn signed(amount: Money, is_credit: bool) -> Money {
    if is_credit { amount.credited() } else { amount }
}

/// How many there are of something: `1,250`.
pub(super) fn display_count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

/// The size of a file: `1.2 MB`.
pub(super) fn display_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
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
    fn sizes_are_told_in_the_unit_that_fits() {
        let told = [999, 1_000, 1_001, 999_999, 12_345_678].map(display_size);
        assert_eq!(told, ["999 bytes", "1 kB", "2 kB", "1000 kB", "12.3 MB"]);
    }

    #[test]
    fn credits_are_subtracted_however_they_are_kept() {
        for minor in [500, -500] {
            assert_eq!(signed(Money::new(minor, Currency::USD), true).minor, -500);
        }
        assert_eq!(signed(Money::new(500, Currency::USD), false).minor, 500);
    }
}

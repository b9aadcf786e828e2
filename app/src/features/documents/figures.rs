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

/// Thousands apart, as in amounts of money.
fn grouped(whole: u64) -> String {
    if whole < 1_000 { whole.to_string() } else { format!("{},{:03}", grouped(whole / 1_000), whole % 1_000) }
}

#[cfg(test)]
mod tests {
    use domain::Currency;

    use super::*;

    #[test]
    fn credits_are_subtracted_however_they_are_kept() {
        for minor in [500, -500] {
            assert_eq!(signed(Money::new(minor, Currency::USD), true).minor, -500);
        }
        assert_eq!(signed(Money::new(500, Currency::USD), false).minor, 500);
    }
}

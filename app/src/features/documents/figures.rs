//! Amounts as lists show them.

use domain::Money;

/// An amount as a list shows it: what is in the contact's favour is subtracted.
pub(super) fn signed(amount: Money, is_credit: bool) -> Money {
    if is_credit {
        Money::new(amount.minor.saturating_abs().saturating_neg(), amount.currency)
    } else {
        amount
    }
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

//! Amounts as Stripe counts them: in its own minor units, which are not everywhere those of ISO 4217
//! (<https://docs.stripe.com/currencies>: minor units, zero-decimal currencies, three-decimal currencies, special cases).

use domain::{Currency, Money};
use services::payments::ProviderError;

/// Currencies that Stripe counts whole. Its list has UGX too, which its special cases take back.
const WHOLE: [&str; 15] =
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
/// Currencies that Stripe counts in thousandths, the last digit of which has to be zero.
const IN_THOUSANDTHS: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How many decimals Stripe counts. All others have two: so have ISK and UGX, of which there are no hundredths any more.
fn decimals(currency: Currency) -> Result<u32, ProviderError> {
    let code = currency.code();
    if WHOLE.contains(&code) {
        return Ok(0);
    }
    if IN_THOUSANDTHS.contains(&code) {
        return Ok(3);
    }
    // Not among those that Stripe names: it may count them in any way.
    if currency.decimals() == 3 {
        return Err(ProviderError::Refused(format!("Stripe does not say how it counts {code}")));
    }
    Ok(2)
}

/// An amount for Stripe.
///
/// # Errors
/// [`ProviderError::Refused`] for what cannot be paid: nothing or less, or fractions that Stripe does not take.
pub fn amount_of(money: Money) -> Result<i64, ProviderError> {
    let refused = |why: &str| {
        let (number, code) = (money.to_decimal(), money.currency.code());
        ProviderError::Refused(format!("{number} {code} cannot be paid: {why}"))
    };
    if money.minor <= 0 {
        return Err(refused("it is not above zero"));
    }
    let decimals = decimals(money.currency)?;
    let amount = scaled(money.minor, money.currency.decimals(), decimals)
        .ok_or_else(|| refused("Stripe does not take fractions of it, or it is too much"))?;
    if decimals == 3 && amount % 10 != 0 {
        return Err(refused("its last digit has to be zero"));
    }
    Ok(amount)
}

/// Our minor units of an amount of Stripe's.
///
/// # Errors
/// [`ProviderError::Unreachable`] for a fraction that the currency does not have: what was told is not understood.
pub fn minor_of(amount: i64, currency: Currency) -> Result<i64, ProviderError> {
    scaled(amount, decimals(currency)?, currency.decimals()).ok_or_else(|| {
        ProviderError::Unreachable(format!("Stripe told an amount of {} that there is not", currency.code()))
    })
}

/// A number of so many decimals in other decimals, if that is exact.
fn scaled(number: i64, from: u32, to: u32) -> Option<i64> {
    let factor = 10_i64.checked_pow(from.abs_diff(to))?;
    if to >= from {
        return number.checked_mul(factor);
    }
    (number % factor == 0).then_some(number / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::parse(code).expect("a code"))
    }

    #[test]
    fn amounts_are_those_that_stripe_counts() {
        for (minor, code, amount) in [
            (1_999, "USD", 1_999),
            (1_999, "HUF", 1_999),
            (1_999, "TWD", 1_999),
            (500, "JPY", 500),
            (500, "XOF", 500),
            // Special cases: whole, counted in hundredths.
            (5, "ISK", 500),
            (5, "UGX", 500),
            // Whole for Stripe, hundredths by ISO 4217.
            (4_500, "MGA", 45),
            (5_120, "KWD", 5_120),
        ] {
            let money = money(minor, code);
            assert_eq!(amount_of(money), Ok(amount), "{code}");
            assert_eq!(minor_of(amount, money.currency), Ok(minor), "{code}");
        }
    }

    #[test]
    fn what_stripe_does_not_take_is_refused() {
        for (minor, code) in
            [(0, "USD"), (-5, "USD"), (4_550, "MGA"), (5_124, "KWD"), (1_000, "IQD"), (i64::MAX, "ISK")]
        {
            assert!(matches!(amount_of(money(minor, code)), Err(ProviderError::Refused(_))), "{code}");
        }
        let isk = Currency::parse("ISK").expect("a code");
        assert!(matches!(minor_of(550, isk), Err(ProviderError::Unreachable(_))));
    }

    #[test]
    fn every_currency_of_ours_is_counted_as_iso_does_but_for_three() {
        let differ = Currency::WITHOUT_DECIMALS.iter().chain(&WHOLE).filter(|code| {
            let currency = Currency::parse(code).expect("a code");
            decimals(currency) != Ok(currency.decimals())
        });
        assert_eq!(differ.copied().collect::<Vec<_>>(), ["ISK", "UGX", "MGA"]);
    }
}

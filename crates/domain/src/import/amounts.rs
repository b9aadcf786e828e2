//! Amounts, prices, quantities and hours of an export.

use super::decimal::{Decimal, NumberError};
use crate::{Currency, Money};

/// An amount of money, exact but for the noise of float arithmetic.
///
/// # Errors
/// When it is no number, too large, or more exact than the currency.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, NumberError> {
    Ok(Money::new(Decimal::parse(text)?.exact(currency.decimals())?, currency))
}

/// A price of one, which may be more exact than the currency and is rounded half away from zero.
///
/// # Errors
/// When it is no number, or too large.
pub fn parse_unit_price(text: &str, currency: Currency) -> Result<Money, NumberError> {
    Ok(Money::new(Decimal::parse(text)?.rounded(currency.decimals())?, currency))
}

/// A quantity, in thousandths.
///
/// # Errors
/// When it is no number, or too large.
pub fn parse_quantity(text: &str) -> Result<i64, NumberError> {
    Decimal::parse(text)?.rounded(3)
}

/// A percentage such as `18.0`, in hundredths of a percent.
///
/// # Errors
/// When it is no number, or too large.
pub fn parse_percent(text: &str) -> Result<i64, NumberError> {
    Decimal::parse(text)?.rounded(2)
}

/// Hours such as `1.5`, in whole minutes.
///
/// # Errors
/// When it is no number, or too large.
pub fn parse_hours_as_minutes(text: &str) -> Result<i64, NumberError> {
    /// Enough decimals that a third of an hour is twenty minutes, whatever the float.
    const DECIMALS: u32 = 9;
    let unit = 10_i128.pow(DECIMALS);
    let minutes = i128::from(Decimal::parse(text)?.rounded(DECIMALS)?) * 60;
    let half = if minutes < 0 { -unit / 2 } else { unit / 2 };
    i64::try_from((minutes + half) / unit).map_err(|_too_large| NumberError::Large)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_price_may_be_finer_than_its_currency_and_an_amount_may_not() {
        let usd = Currency::USD;
        assert_eq!(parse_unit_price("38.255", usd), Ok(Money::new(3_826, usd)));
        assert_eq!(parse_amount("38.255", usd), Err(NumberError::Exact));
        assert_eq!(parse_amount("1427.7", usd), Ok(Money::new(142_770, usd)));
    }

    #[test]
    fn quantities_percentages_and_hours() {
        assert_eq!(parse_quantity("24.0"), Ok(24_000));
        assert_eq!(parse_quantity("0.3333333"), Ok(333));
        assert_eq!(parse_percent("65.5"), Ok(6_550));
        for (hours, minutes) in
            [("1.5", 90), ("1.3333333333333333", 80), ("0.0", 0), ("-0.25", -15), ("0.01", 1)]
        {
            assert_eq!(parse_hours_as_minutes(hours), Ok(minutes), "{hours}");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_parser_of_money(text in "-?[0-9]{1,12}(\\.[0-9]{0,2})?") {
            let money = Money::parse(&text, Currency::USD).expect("an amount");
            prop_assert_eq!(parse_amount(&text, Currency::USD), Ok(money));
        }

        #[test]
        fn minutes_survive_being_hours(minutes in -100_000_i32..100_000) {
            let hours = (f64::from(minutes) / 60.0).to_string();
            prop_assert_eq!(parse_hours_as_minutes(&hours), Ok(i64::from(minutes)));
        }
    }
}

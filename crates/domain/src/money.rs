//! Amounts of money.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A currency's three-letter code (ISO 4217).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is no currency code or no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not three letters.
    #[error("is not a currency code of three letters")]
    Currency,
    /// Not a decimal number, too many decimals for the currency, or too large.
    #[error("is not an amount with at most the currency's decimals")]
    Amount,
}

impl Currency {
    /// United States dollar.
    pub const USD: Self = Self(*b"USD");

    /// Parses a code such as `USD`; case does not matter.
    ///
    /// # Errors
    /// [`MoneyError::Currency`] unless the text is three ASCII letters.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        match text.trim().as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_alphabetic) => {
                Ok(Self([a, b, c].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(MoneyError::Currency),
        }
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Currencies without a minor unit.
    pub const WITHOUT_DECIMALS: &'static [&'static str] = &[
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
        "XOF", "XPF",
    ];
    /// Currencies whose minor unit is a thousandth.
    pub const WITH_THREE_DECIMALS: &'static [&'static str] =
        &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// How many decimals an amount has (ISO 4217, minor units).
    pub fn decimals(self) -> u32 {
        if Self::WITHOUT_DECIMALS.contains(&self.code()) {
            0
        } else if Self::WITH_THREE_DECIMALS.contains(&self.code()) {
            3
        } else {
            2
        }
    }

    fn symbol(&self) -> Option<&'static str> {
        match &self.0 {
            b"USD" => Some("$"),
            b"EUR" => Some("€"),
            b"GBP" => Some("£"),
            b"JPY" => Some("¥"),
            _ => None,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

/// An amount in the currency's minor unit (cents), never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Number of minor units; negative for what is owed the other way round.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// So many minor units of a currency.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Parses a plain decimal number with a point, such as `-31750.0`.
    ///
    /// # Errors
    /// [`MoneyError::Amount`] when it is no such number, is more exact than the currency, or is too
    /// large to count in minor units.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let decimals = usize::try_from(currency.decimals()).map_err(|_impossible| MoneyError::Amount)?;
        let fraction = fraction.trim_end_matches('0');
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > decimals {
            return Err(MoneyError::Amount);
        }
        let minor: i64 =
            format!("{whole}{fraction:0<decimals$}").parse().map_err(|_too_large| MoneyError::Amount)?;
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }

    /// The number as programs read it, without its currency: `-31750.00`.
    #[must_use]
    pub fn to_decimal(self) -> String {
        self.display_number().replace(',', "").replace('−', "-")
    }

    /// The amount as one in the other side's favour: below zero, however it is kept.
    #[must_use]
    pub const fn credited(self) -> Self {
        Self { minor: self.minor.saturating_abs().saturating_neg(), currency: self.currency }
    }

    /// The number without its currency: `31,750.00`.
    pub fn display_number(self) -> String {
        let decimals = self.currency.decimals();
        let unit = 10_u64.pow(decimals);
        let absolute = self.minor.unsigned_abs();
        let whole = group_thousands(&(absolute / unit).to_string());
        let sign = if self.minor < 0 { "−" } else { "" };
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            let width = usize::try_from(decimals).unwrap_or(2);
            format!("{sign}{whole}.{:0width$}", absolute % unit)
        }
    }
}

fn group_thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.display_number();
        match (self.currency.symbol(), number.strip_prefix('−')) {
            (Some(symbol), Some(positive)) => write!(f, "−{symbol}{positive}"),
            (Some(symbol), None) => write!(f, "{symbol}{number}"),
            (None, _) => write!(f, "{number} {}", self.currency.code()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn usd(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::USD).map(|money| money.minor)
    }

    #[test]
    fn parses_exactly() {
        assert_eq!(usd("31750.0"), Ok(3_175_000));
        assert_eq!(usd("92.7"), Ok(9_270));
        assert_eq!(usd("-0.05"), Ok(-5));
        assert_eq!(usd("7"), Ok(700));
        assert_eq!(usd("1.230000"), Ok(123));
        for text in ["", "1,5", "1.005", "abc", "1e3", ".5", "--1", "99999999999999999999"] {
            assert_eq!(usd(text), Err(MoneyError::Amount), "{text}");
        }
        let yen = Currency::parse("jpy").expect("a code");
        assert_eq!(Money::parse("1200.0", yen).map(|money| money.minor), Ok(1200));
        assert!(Money::parse("1200.5", yen).is_err());
    }

    #[test]
    fn reads_well() {
        assert_eq!(Money::new(3_175_000, Currency::USD).to_string(), "$31,750.00");
        assert_eq!(Money::new(-5, Currency::USD).to_string(), "−$0.05");
        let franc = Currency::parse("CHF").expect("a code");
        assert_eq!(Money::new(100_000_000, franc).to_string(), "1,000,000.00 CHF");
    }

    proptest! {
        #[test]
        fn what_is_shown_parses_back(minor in -1_000_000_000_000_i64..1_000_000_000_000) {
            let shown = Money::new(minor, Currency::USD).display_number().replace(',', "").replace('−', "-");
            prop_assert_eq!(usd(&shown), Ok(minor));
        }
    }
}

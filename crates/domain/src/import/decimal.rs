//! Decimal numbers, exactly as another program wrote them.

/// Digits after the kept ones that are looked at; a double has 17 in all.
const SURPLUS_DIGITS: i32 = 18;
/// One, in units of the last surplus digit.
const ONE: u64 = 1_000_000_000_000_000_000;
/// What float arithmetic may leave over, as a power of ten: 1e-6.
const NOISE_EXPONENT: i32 = -6;
/// No exponent of a double reaches this; it also bounds the work on a hostile text.
const MAX_EXPONENT: i32 = 400;

/// Why a text is no number that can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not a plain decimal number with a point.
    #[error("is not a number such as 1250.5")]
    Text,
    /// Too large to count in the unit it is kept in.
    #[error("is too large")]
    Large,
    /// More exact than it can be kept, and not by the noise of float arithmetic.
    #[error("has more decimals than its currency")]
    Exact,
}

/// A decimal number: the value is `0.digits` times ten to the power of `point`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    digits: Vec<u8>,
    point: i32,
}

impl Decimal {
    /// Reads a number such as `-31750.0` or, as Python writes small ones, `5.6e-14`.
    ///
    /// # Errors
    /// [`NumberError::Text`] for all else, also for thousands separators and a decimal comma.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        let text = text.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse().map_err(|_no_number| NumberError::Text)?)
            }
            None => (text, 0_i32),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(NumberError::Text);
        }
        if exponent.abs() > MAX_EXPONENT {
            return Err(NumberError::Large);
        }
        let significant = format!("{whole}{fraction}");
        let significant = significant.trim_start_matches('0');
        let leading = whole.len() + fraction.len() - significant.len();
        let length = |count: usize| i32::try_from(count).map_err(|_too_long| NumberError::Large);
        let point = length(whole.len())? - length(leading)? + exponent;
        let digits: Vec<u8> =
            significant.trim_end_matches('0').bytes().map(|byte| byte.saturating_sub(b'0')).collect();
        Ok(Self { negative: negative && !digits.is_empty(), digits, point })
    }

    /// The number in units of ten to the power of `-decimals`, rounded half away from zero.
    ///
    /// # Errors
    /// [`NumberError::Large`] when that does not fit.
    pub fn rounded(&self, decimals: u32) -> Result<i64, NumberError> {
        let (kept, surplus) = self.cut(decimals)?;
        self.signed(kept, surplus)
    }

    /// Like [`Self::rounded`], but what is rounded away must be the noise of float arithmetic: at most 1e-6.
    ///
    /// # Errors
    /// [`NumberError::Exact`] when more would be lost; [`NumberError::Large`] as above.
    pub fn exact(&self, decimals: u32) -> Result<i64, NumberError> {
        let (kept, surplus) = self.cut(decimals)?;
        let distance = surplus.min(ONE - surplus);
        let exponent = SURPLUS_DIGITS + NOISE_EXPONENT + i32::try_from(decimals).unwrap_or(i32::MAX / 2);
        let noise = u32::try_from(exponent).ok().and_then(|exponent| 10_u64.checked_pow(exponent));
        if distance > noise.unwrap_or(u64::MAX) {
            return Err(NumberError::Exact);
        }
        self.signed(kept, surplus)
    }

    /// The whole units, and what is left of the next one in its first digits.
    fn cut(&self, decimals: u32) -> Result<(u64, u64), NumberError> {
        let decimals = i32::try_from(decimals).map_err(|_too_many| NumberError::Large)?;
        let end = self.point.saturating_add(decimals);
        if self.digits.is_empty() {
            return Ok((0, 0));
        }
        // 10^19 is past an i64 already.
        if end > 19 {
            return Err(NumberError::Large);
        }
        let number = |from: i32, to: i32| {
            (from..to).try_fold(0_u64, |number, place| {
                number.checked_mul(10)?.checked_add(u64::from(self.digit(place)))
            })
        };
        let kept = number(0, end).ok_or(NumberError::Large)?;
        let surplus = number(end, end.saturating_add(SURPLUS_DIGITS)).ok_or(NumberError::Large)?;
        Ok((kept, surplus))
    }

    fn digit(&self, place: i32) -> u8 {
        usize::try_from(place).ok().and_then(|place| self.digits.get(place)).copied().unwrap_or(0)
    }

    fn signed(&self, kept: u64, surplus: u64) -> Result<i64, NumberError> {
        let absolute = kept.checked_add(u64::from(surplus >= ONE / 2)).ok_or(NumberError::Large)?;
        let absolute = i64::try_from(absolute).map_err(|_too_large| NumberError::Large)?;
        Ok(if self.negative { -absolute } else { absolute })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rounded(text: &str, decimals: u32) -> Result<i64, NumberError> {
        Decimal::parse(text)?.rounded(decimals)
    }

    fn exact(text: &str, decimals: u32) -> Result<i64, NumberError> {
        Decimal::parse(text)?.exact(decimals)
    }

    #[test]
    fn rounds_half_away_from_zero() {
        for (text, decimals, value) in [
            ("0", 2, 0),
            ("-0.0", 2, 0),
            ("30.75", 2, 3_075),
            ("0.005", 2, 1),
            ("-0.005", 2, -1),
            ("0.00499999", 2, 0),
            ("1.5", 0, 2),
            ("0000012.50", 1, 125),
            ("1e3", 2, 100_000),
            ("1.25E+2", 0, 125),
            ("5e-05", 4, 1),
            ("5e-324", 2, 0),
            ("9223372036854775807", 0, i64::MAX),
        ] {
            assert_eq!(rounded(text, decimals), Ok(value), "{text}");
        }
    }

    #[test]
    fn float_noise_is_rounded_away_and_real_decimals_are_refused() {
        for (text, value) in [
            ("1021.9999999", 102_200),
            ("1022.0000001", 102_200),
            ("-1021.9999999999", -102_200),
            ("5.684341886080802e-14", 0),
            ("0.30000000000000004", 30),
            ("92.7", 9_270),
        ] {
            assert_eq!(exact(text, 2), Ok(value), "{text}");
        }
        for text in ["30.755", "0.001", "1021.99999", "-0.0001"] {
            assert_eq!(exact(text, 2), Err(NumberError::Exact), "{text}");
        }
        assert_eq!(exact("1200.0", 0), Ok(1_200));
        assert_eq!(exact("1200.5", 0), Err(NumberError::Exact));
        assert_eq!(exact("1.2345", 3), Err(NumberError::Exact));
    }

    #[test]
    fn refuses_what_is_no_number_or_too_large() {
        for text in
            ["", "-", "abc", "1,5", "1 000", ".5", "--1", "1e", "1e5.0", "nan", "inf", "0x10", "1.2.3"]
        {
            assert_eq!(Decimal::parse(text), Err(NumberError::Text), "{text}");
        }
        for text in ["1e19", "9223372036854775808", "1e999", "99999999999999999999999"] {
            assert_eq!(rounded(text, 0), Err(NumberError::Large), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_back_every_count_of_cents(minor in any::<i64>()) {
            prop_assume!(minor != i64::MIN);
            let sign = if minor < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:02}", minor.unsigned_abs() / 100, minor.unsigned_abs() % 100);
            prop_assert_eq!(exact(&text, 2), Ok(minor));
        }

        #[test]
        fn a_float_of_cents_reads_as_these_cents(minor in -1_000_000_000_i64..1_000_000_000, by in 1_u32..50) {
            // What adding up leaves over differs from the sum of cents by noise only.
            let float = (0..by).fold(0.0_f64, |sum, _| sum + (minor as f64) / 100.0);
            prop_assert_eq!(exact(&float.to_string(), 2), Ok(minor * i64::from(by)));
        }

        #[test]
        fn no_text_brings_it_down(text in "\\PC{0,24}", decimals in 0_u32..4) {
            if let Ok(number) = Decimal::parse(&text) {
                let _ = (number.rounded(decimals), number.exact(decimals));
            }
        }

        #[test]
        fn no_number_brings_it_down(text in "-?[0-9]{1,30}(\\.[0-9]{0,30})?(e[+-]?[0-9]{1,4})?", decimals in 0_u32..9) {
            if let Ok(number) = Decimal::parse(&text) {
                let _ = (number.rounded(decimals), number.exact(decimals));
            }
        }
    }
}

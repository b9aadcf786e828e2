use std::fmt;

use super::remainder;

/// An account's number (ISO 13616), whose check digits are right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iban(String);

/// Why a text is no IBAN; it says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IbanError {
    /// It has another form.
    #[error("An IBAN begins with two letters and two digits, such as DE89 3704 0044 0532 0130 00.")]
    NoIban,
    /// Something was mistyped.
    #[error("The check digits do not fit: look for a mistyped letter or digit.")]
    Mistyped,
}

impl Iban {
    /// Parses an IBAN with or without blanks.
    ///
    /// # Errors
    /// [`IbanError`] for what is none, or mistyped.
    pub fn parse(text: &str) -> Result<Self, IbanError> {
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let (country, rest) = plain.split_at_checked(2).ok_or(IbanError::NoIban)?;
        let (check, account) = rest.split_at_checked(2).ok_or(IbanError::NoIban)?;
        let is_formed = country.chars().all(|c| c.is_ascii_uppercase())
            && check.chars().all(|c| c.is_ascii_digit())
            && account.chars().all(|c| c.is_ascii_alphanumeric())
            && (15..=34).contains(&plain.len());
        if !is_formed {
            return Err(IbanError::NoIban);
        }
        let turned = account.chars().chain(country.chars()).chain(check.chars());
        if remainder(turned) == Some(1) { Ok(Self(plain)) } else { Err(IbanError::Mistyped) }
    }

    /// Without blanks, as machines want it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In groups of four, as people read it.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&in_fours(&self.0))
    }
}

/// A code in groups of four letters.
pub(super) fn in_fours(code: &str) -> String {
    let mut grouped = String::new();
    for (place, letter) in code.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}

/// A bank's code (ISO 9362).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bic(String);

/// Why a text is no BIC; it says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("A BIC has 8 or 11 letters and digits, such as COBADEFFXXX.")]
pub struct BicError;

impl Bic {
    /// Parses a BIC.
    ///
    /// # Errors
    /// [`BicError`] for what is none.
    pub fn parse(text: &str) -> Result<Self, BicError> {
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
        let is_formed = matches!(plain.len(), 8 | 11)
            && plain.chars().enumerate().all(|(place, c)| {
                if (4..6).contains(&place) { c.is_ascii_uppercase() } else { c.is_ascii_alphanumeric() }
            });
        if is_formed { Ok(Self(plain)) } else { Err(BicError) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibans_are_checked_and_shown_in_fours() {
        for good in
            ["DE89 3704 0044 0532 0130 00", "gb82west12345698765432", "NL91ABNA0417164300", "NO9386011117947"]
        {
            assert!(Iban::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            Iban::parse("gb82west12345698765432").map(|iban| iban.to_string()),
            Ok("GB82 WEST 1234 5698 7654 32".to_owned())
        );
        for wrong in [
            "",
            "DE",
            "1289370400440532013000",
            "DE8937040044053201300é",
            "DE89 3704",
            "DEXX370400440532013000",
        ] {
            assert_eq!(Iban::parse(wrong), Err(IbanError::NoIban), "{wrong}");
        }
        for mistyped in ["DE89 3704 0044 0532 0130 01", "DE89 3704 0044 0532 0103 00"] {
            assert_eq!(Iban::parse(mistyped), Err(IbanError::Mistyped), "{mistyped}");
        }
    }

    #[test]
    fn bics_have_eight_or_eleven_letters() {
        assert_eq!(
            Bic::parse("coba de ff xxx").map(|bic| bic.as_str().to_owned()),
            Ok("COBADEFFXXX".to_owned())
        );
        for wrong in ["", "COBADEF", "COBA12FF", "COBADEFFXX", "COBADEFFXXXX"] {
            assert_eq!(Bic::parse(wrong), Err(BicError), "{wrong}");
        }
    }
}

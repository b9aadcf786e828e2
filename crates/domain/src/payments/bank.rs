//! A bank's statement: what came in, and which payment or invoice it is for.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{Money, ids::PaymentId};

/// Something that came in, as the bank tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankLine {
    /// The line of the file.
    pub line: u64,
    /// The day.
    #[serde(with = "day")]
    pub booked_on: Date,
    /// How much.
    pub amount: Money,
    /// What the payer wrote.
    pub text: String,
    /// The payer's name.
    pub payer: String,
    /// Which of several lines that say the same it is.
    pub repetition: u32,
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BankOutcome {
    /// It is booked now.
    Booked {
        /// As this payment.
        payment: PaymentId,
        /// Its number.
        number: String,
        /// What it paid.
        paid: String,
    },
    /// It was booked before.
    Before {
        /// As this payment.
        payment: PaymentId,
        /// Its number.
        number: String,
    },
    /// It is for nothing that is known; in words for staff.
    Unknown {
        /// Why.
        why: String,
    },
}

/// A statement that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementReport {
    /// Each line with what became of it, as in the file.
    pub lines: Vec<(BankLine, BankOutcome)>,
    /// Lines that could not be read: the line, and why.
    pub errors: Vec<(u64, String)>,
    /// Lines of what went out, which are passed over.
    pub passed_over: u64,
}

/// Letters and digits alone, in capitals: how references are compared.
#[must_use]
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric()).flat_map(char::to_uppercase).collect()
}

mod day {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};
    use time::Date;

    use crate::{date::to_iso, import::parse_date};

    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_iso(*day))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse_date(&text).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_compared_without_what_people_put_between() {
        assert_eq!(bare("rf18 INV/2026/00012."), "RF18INV202600012");
        assert_eq!(bare(" – "), "");
    }
}

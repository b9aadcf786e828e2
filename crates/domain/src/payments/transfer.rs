use serde::{Deserialize, Serialize};

use super::{Bic, Iban, account::in_fours, remainder};
use crate::{Currency, Money};

/// Longest reference, without its first four letters (ISO 11649).
const LONGEST_REFERENCE: usize = 21;
/// Longest name of an account's holder (EPC069-12).
const LONGEST_NAME: usize = 70;

/// What somebody needs to pay an invoice from their bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankTransfer {
    /// How much.
    pub amount: Money,
    /// To whom.
    pub holder: String,
    /// To which account, in groups of four.
    pub iban: String,
    /// At which bank; may be empty.
    pub bic: String,
    /// By what we recognise it: structured, in groups of four, or else the document's number.
    pub reference: String,
    /// The same as a picture that banks' apps read, as a `data:` address; for euros only.
    pub image: Option<String>,
}

/// The structured creditor reference (ISO 11649) of a document's number: a bank refuses it when it is mistyped. Numbers that are too
/// long for one, or have nothing that it takes, have none.
#[must_use]
pub fn creditor_reference(number: &str) -> Option<String> {
    let body: String =
        number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    if body.is_empty() || body.len() > LONGEST_REFERENCE {
        return None;
    }
    let check = 98 - remainder(body.chars().chain("RF00".chars()))?;
    Some(format!("RF{check:02}{body}"))
}

/// The reference as people read it.
#[must_use]
pub fn spaced_reference(reference: &str) -> String {
    in_fours(reference)
}

/// The text of the picture that banks' apps read (EPC069-12, version 2); nothing for other currencies, or amounts that it does not
/// take.
#[must_use]
pub fn epc_text(
    holder: &str,
    iban: &Iban,
    bic: Option<&Bic>,
    amount: Money,
    reference: &str,
) -> Option<String> {
    let is_euro = Currency::parse("EUR").is_ok_and(|euro| amount.currency == euro);
    let is_taken = is_euro && (1..=99_999_999_999).contains(&amount.minor);
    let holder: String = holder.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    if !is_taken || holder.is_empty() {
        return None;
    }
    let euros = format!("EUR{}.{:02}", amount.minor / 100, amount.minor % 100);
    let bic = bic.map_or("", Bic::as_str);
    let (structured, free) = if reference.starts_with("RF") { (reference, "") } else { ("", reference) };
    let lines = ["BCD", "002", "1", "SCT", bic, &holder, iban.as_str(), &euros, "", structured, free];
    Some(lines.join("\n").trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").expect("euros"))
    }

    /// The example of ISO 11649, and that every reference has a remainder of one.
    #[test]
    fn references_have_check_digits() {
        assert_eq!(creditor_reference("5390 0754 7034").as_deref(), Some("RF18539007547034"));
        let reference = creditor_reference("INV/2026/00012").expect("a reference");
        assert!(reference.ends_with("INV202600012"));
        let (head, body) = reference.split_at(4);
        assert_eq!(remainder(body.chars().chain(head.chars())), Some(1));
        for none in ["", "///", "é", &"9".repeat(22)] {
            assert_eq!(creditor_reference(none), None, "{none}");
        }
    }

    #[test]
    fn the_picture_says_it_all_in_lines() {
        let iban = Iban::parse("DE89 3704 0044 0532 0130 00").expect("an IBAN");
        let text = epc_text("Rivet Works", &iban, None, euros(123_405), "RF18539007547034").expect("a text");
        let expected =
            "BCD\n002\n1\nSCT\n\nRivet Works\nDE89370400440532013000\nEUR1234.05\n\nRF18539007547034";
        assert_eq!(text, expected);
        let free = epc_text("Rivet Works", &iban, None, euros(5), "INV 1").expect("a text");
        assert!(free.ends_with("EUR0.05\n\n\nINV 1"), "{free}");
        let dollars = Money::new(100, Currency::USD);
        assert_eq!(epc_text("Rivet Works", &iban, None, dollars, "x"), None);
        for amount in [0, -5, 100_000_000_000] {
            assert_eq!(epc_text("Rivet Works", &iban, None, euros(amount), "x"), None, "{amount}");
        }
    }
}

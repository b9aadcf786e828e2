//! Paying: accounts, references and what a transfer needs.

mod account;
mod transfer;

pub use account::{Bic, BicError, Iban, IbanError};
pub use transfer::{BankTransfer, creditor_reference, epc_text, spaced_reference};

/// The remainder by 97 of a text whose letters stand for 10 to 35 (ISO 7064).
fn remainder(text: impl Iterator<Item = char>) -> Option<u32> {
    text.map(|letter| letter.to_digit(36)).try_fold(0, |rest, digit| {
        let digit = digit?;
        Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
    })
}

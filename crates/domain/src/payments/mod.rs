//! Paying: accounts, references, what a transfer needs; cards, allocation, and what pages show.

mod account;
mod allocate;
mod automatic;
mod bank;
mod card;
mod pay;
mod read;
mod transfer;
pub(crate) mod words;

pub use account::{Bic, BicError, Iban, IbanError};
pub use allocate::{allocate, take_back};
pub use automatic::{Automatic, AutomaticForm, AutomaticPage, NOTICE_DAYS, consent_text};
pub use bank::{BankLine, BankOutcome, StatementReport, bare};
pub use card::{Card, CardForm, MethodsPage, SavedCard};
pub use pay::{MOST_DOCUMENTS, PayForm, PayPage, Payable, TopUpForm, Way, Ways, parse_amount};
pub use read::{AllocationRow, Confirm, PaymentPage, PaymentRequest, PaymentRow, RefundRow};
pub use transfer::{BankTransfer, creditor_reference, epc_text, spaced_reference};
pub use words::{Means, PaymentState, Purpose};

/// The remainder by 97 of a text whose letters stand for 10 to 35 (ISO 7064).
fn remainder(text: impl Iterator<Item = char>) -> Option<u32> {
    text.map(|letter| letter.to_digit(36)).try_fold(0, |rest, digit| {
        let digit = digit?;
        Some((rest * if digit < 10 { 10 } else { 100 } + digit) % 97)
    })
}

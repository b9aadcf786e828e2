//! The page on which one pays, and what is sent from it.

use serde::{Deserialize, Serialize};

use super::{CardForm, SavedCard};
use crate::{
    Currency, Money,
    ids::{DocumentId, MethodId, PaymentId},
    typed_number::parse_typed,
};

/// Documents that one payment may be for.
pub const MOST_DOCUMENTS: usize = 50;

/// A document that can be paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// Key.
    pub id: DocumentId,
    /// `Invoice INV/2026/0001`.
    pub name: String,
    /// `Due on 3 June 2026`, or nothing.
    pub due: String,
    /// Whether that day is over.
    pub is_overdue: bool,
    /// What is open on it.
    pub open: Money,
    /// The least that a payment for it alone may be.
    pub least: Money,
    /// Whether this payment is for it.
    pub is_chosen: bool,
    /// Why it cannot be paid at the moment.
    pub hindrance: Option<String>,
}

/// What can be paid with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// Saved cards.
    pub cards: Vec<SavedCard>,
    /// How a card that is not saved is entered, where that can be.
    pub new_card: Option<CardForm>,
    /// Whether a new card may be saved.
    pub may_save: bool,
    /// Whether a saved one may be the company's.
    pub may_save_for_company: bool,
    /// What is in the wallet, where it may be spent and has something.
    pub wallet: Option<Money>,
    /// Whether the business has an account for transfers.
    pub transfer: bool,
}

/// The page on which one pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayPage {
    /// The key of the payment to be.
    pub key: PaymentId,
    /// The currency of what is chosen.
    pub currency: Currency,
    /// What can be paid together with what is chosen: of one customer and one currency.
    pub payables: Vec<Payable>,
    /// What can be paid by another payment only, being in another currency or another company's: one document of each, and
    /// what it is.
    pub elsewhere: Vec<(DocumentId, String)>,
    /// Open on what is chosen.
    pub open: Money,
    /// The least that may be paid.
    pub least: Money,
    /// What may be paid with.
    pub ways: Ways,
}

/// What is paid with, as it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A saved card.
    Saved(MethodId),
    /// A card that is entered now.
    NewCard,
    /// The wallet.
    Wallet,
    /// A transfer.
    Transfer,
}

impl Way {
    /// What a form's field says.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "new" => Some(Self::NewCard),
            "wallet" => Some(Self::Wallet),
            "transfer" => Some(Self::Transfer),
            other => other.strip_prefix("card:")?.parse().ok().map(Self::Saved),
        }
    }
}

/// What is sent from the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayForm {
    /// The key of the payment to be.
    pub key: String,
    /// What it is for, in the order in which it is served.
    pub documents: Vec<DocumentId>,
    /// The amount as typed.
    pub amount: String,
    /// What is paid with: [`Way`].
    pub way: String,
    /// The provider's key of a card that was entered just now.
    pub setup: String,
    /// Whether that card is to be kept.
    pub keep: bool,
    /// Whether for the company.
    pub for_company: bool,
}

/// An amount that somebody typed to pay.
///
/// # Errors
/// What is wrong with it, in words for the field.
pub fn parse_amount(text: &str, least: Money, most: Money) -> Result<Money, String> {
    let currency = most.currency;
    let example =
        Money::new(10_i64.pow(currency.decimals()).saturating_mul(1_250), currency).display_number();
    let minor = parse_typed(text.trim(), currency.decimals())
        .ok_or_else(|| format!("Enter an amount in {}, such as {example}.", currency.code()))?;
    if minor > most.minor {
        return Err(format!("Enter at most {most}: no more is open."));
    }
    if minor < least.minor.min(most.minor) || minor <= 0 {
        return Err(format!("Enter at least {}.", Money::new(least.minor.min(most.minor).max(1), currency)));
    }
    Ok(Money::new(minor, currency))
}

/// How money is put into the wallet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUpForm {
    /// The key of the payment to be.
    pub key: String,
    /// The amount as typed.
    pub amount: String,
    /// What is paid with: [`Way`].
    pub way: String,
    /// The provider's key of a card that was entered just now.
    pub setup: String,
    /// Whether that card is to be kept.
    pub keep: bool,
    /// Whether for the company.
    pub for_company: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_lie_between_the_least_and_what_is_open() {
        let usd = |minor| Money::new(minor, Currency::USD);
        let typed = |text| parse_amount(text, usd(1_000), usd(5_000));
        assert_eq!(typed("26"), Ok(usd(2_600)));
        assert_eq!(typed("50.00"), Ok(usd(5_000)));
        assert_eq!(typed("50.01"), Err("Enter at most $50.00: no more is open.".to_owned()));
        assert_eq!(typed("9.99"), Err("Enter at least $10.00.".to_owned()));
        assert_eq!(typed("-5"), Err("Enter at least $10.00.".to_owned()));
        assert_eq!(typed("x"), Err("Enter an amount in USD, such as 1,250.00.".to_owned()));
        // The last of an invoice may be paid however little it is.
        assert_eq!(parse_amount("7", usd(1_000), usd(700)), Ok(usd(700)));
        assert!(parse_amount("0", usd(0), usd(700)).is_err());
    }

    #[test]
    fn currencies_have_decimals_of_their_own() {
        let of = |code: &str, minor| Money::new(minor, Currency::parse(code).expect("a code"));
        assert_eq!(parse_amount("1200", of("JPY", 1), of("JPY", 5_000)), Ok(of("JPY", 1_200)));
        assert!(parse_amount("1200.5", of("JPY", 1), of("JPY", 5_000)).is_err());
        assert_eq!(parse_amount("1.234", of("KWD", 1), of("KWD", 5_000)), Ok(of("KWD", 1_234)));
    }

    #[test]
    fn ways_are_read_from_a_field() {
        let id = "0190a5f0-0000-7000-8000-000000000000";
        assert_eq!(Way::parse(&format!("card:{id}")), id.parse().ok().map(Way::Saved));
        assert_eq!(Way::parse("wallet"), Some(Way::Wallet));
        assert_eq!(Way::parse("card:"), None);
        assert_eq!(Way::parse(""), None);
    }
}

//! Saved cards, as far as we know them.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::ids::MethodId;

/// What the provider tells of a card. Its number never comes here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Brand: `visa`.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The month in which it expires, from 1.
    pub expires_month: u8,
    /// The year, with all its digits.
    pub expires_year: u16,
}

impl Card {
    /// `Visa •••• 4242`.
    #[must_use]
    pub fn label(&self) -> String {
        let brand = match self.brand.as_str() {
            "amex" => "American Express".to_owned(),
            "mastercard" => "Mastercard".to_owned(),
            "" | "unknown" => "Card".to_owned(),
            other => {
                let mut letters = other.chars();
                letters.next().map_or_else(String::new, |first| {
                    first.to_uppercase().chain(letters).collect::<String>().replace('_', " ")
                })
            }
        };
        format!("{brand} •••• {}", self.last4)
    }

    /// `12/2030`.
    #[must_use]
    pub fn expiry(&self) -> String {
        format!("{:02}/{}", self.expires_month, self.expires_year)
    }

    /// Whether its last month is over.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        let now = (i32::from(self.expires_year), self.expires_month);
        now < (today.year(), u8::from(today.month()))
    }
}

/// A saved card, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    /// Key.
    pub id: MethodId,
    /// `Visa •••• 4242`.
    pub label: String,
    /// `12/2030`.
    pub expiry: String,
    /// Whether it cannot be paid with any more.
    pub is_expired: bool,
    /// Whether it is the company's; otherwise one's own.
    pub is_company: bool,
    /// Whether it is offered first.
    pub is_default: bool,
    /// Since when it is saved.
    pub added: String,
}

/// How a browser asks for a card's number: by the provider's own field, which we never see into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardForm {
    /// Stripe's script with our publishable key.
    Stripe {
        /// The publishable key.
        key: String,
        /// The script's address.
        script: String,
        /// The origins that the script speaks to and embeds.
        origins: Vec<String>,
    },
    /// No money moves: cards of the demo, by what they do.
    Demo,
}

/// The page of saved cards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodsPage {
    /// The cards.
    pub cards: Vec<SavedCard>,
    /// How a new one is entered, where one may be saved.
    pub form: Option<CardForm>,
    /// Whether a new one may be the company's.
    pub may_add_for_company: bool,
    /// Whether one may be deleted.
    pub may_remove: bool,
    /// Whether the business takes cards at all.
    pub is_offered: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn card(brand: &str) -> Card {
        Card { brand: brand.to_owned(), last4: "4242".to_owned(), expires_month: 2, expires_year: 2027 }
    }

    #[test]
    fn cards_are_told_by_brand_and_last_digits() {
        assert_eq!(card("visa").label(), "Visa •••• 4242");
        assert_eq!(card("eftpos_au").label(), "Eftpos au •••• 4242");
        assert_eq!(card("").label(), "Card •••• 4242");
        assert_eq!(card("visa").expiry(), "02/2027");
    }

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        assert!(!card("visa").is_expired(date!(2027 - 02 - 28)));
        assert!(card("visa").is_expired(date!(2027 - 03 - 01)));
    }
}

//! Payments that are made without asking, by a customer's consent.

use serde::{Deserialize, Serialize};

use super::SavedCard;
use crate::{Currency, documents::DocumentRow};

/// An announcement comes so many days before money is taken.
pub const NOTICE_DAYS: i64 = 3;

/// A consent that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automatic {
    /// `Visa •••• 4242`.
    pub card: String,
    /// The most that is taken at once, in words.
    pub cap: Option<String>,
    /// Who consented.
    pub by: String,
    /// When.
    pub since: String,
    /// What was agreed to.
    pub consent: String,
}

/// The page on which that is switched on and off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomaticPage {
    /// The invoice or subscription.
    pub row: DocumentRow,
    /// Its currency.
    pub currency: Currency,
    /// The consent in force.
    pub automatic: Option<Automatic>,
    /// The cards that may be chosen.
    pub cards: Vec<SavedCard>,
    /// What is agreed to.
    pub consent: String,
}

/// What is sent from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomaticForm {
    /// The card's key.
    pub card: String,
    /// The cap as typed; nothing for none.
    pub cap: String,
    /// Whether the consent was given.
    pub agreed: bool,
}

/// What somebody agrees to, word by word. Kept with the consent.
#[must_use]
pub fn consent_text(business: &str, document: &str, is_subscription: bool) -> String {
    let what = if is_subscription { format!("each invoice of {document}") } else { document.to_owned() };
    format!(
        "I allow {business} to take what is open on {what} from this card on the day on which it is due, up to the limit \
         that I set, without asking again. I get a mail {NOTICE_DAYS} days before, and can switch this off at any time."
    )
}

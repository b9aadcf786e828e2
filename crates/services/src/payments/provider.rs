//! What moves money by cards. The server brings it: this crate does not speak HTTP.
//!
//! A charge is made in two steps: it is [prepared](CardProvider::prepare), which takes no money and yields the provider's
//! key of it, and [made](CardProvider::charge) once that key is in our database. So a process killed at any moment can
//! find out afterwards what became of the money, and nothing is charged twice.

use std::{fmt, future::Future, pin::Pin};

use domain::{
    Money,
    payments::{Card, CardForm},
};
use uuid::Uuid;

/// What a provider answers, some time.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send + 'a>>;

/// Why a provider did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The card's bank says no; in words for whoever pays.
    #[error("declined: {0}")]
    Declined(String),
    /// Whether it was done is not known: no answer came, or none that can be read.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// The provider does not take the request; in words for the log.
    #[error("refused: {0}")]
    Refused(String),
}

/// A customer as the provider is to know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCustomer {
    /// Our key: what is made twice under one key, is one.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Email; may be empty.
    pub email: String,
}

/// A card that is about to be entered in a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The provider's key of it.
    pub id: String,
    /// The secret for the browser.
    pub secret: String,
}

/// A card that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredCard {
    /// The provider's key of whoever it belongs to.
    pub customer: String,
    /// The provider's key of the card, with which it can be charged.
    pub method: String,
    /// The card.
    pub card: Card,
}

/// A charge to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCharge {
    /// The payment's key: what is prepared twice under one key, is one.
    pub payment: Uuid,
    /// The payment's number, for the books of both sides.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// The provider's key of whoever pays.
    pub customer: String,
    /// The provider's key of the card.
    pub method: String,
}

/// Where whoever pays is while their card is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// At the page: their bank may ask them to confirm.
    Present,
    /// Elsewhere: they consented before. A bank that wants to ask them declines.
    Away,
}

/// How a charge stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeState {
    /// Nothing was tried yet.
    Prepared,
    /// The payer has to confirm it to their bank; the secret is for their browser.
    NeedsConfirmation {
        /// The secret of this charge.
        secret: String,
    },
    /// The bank takes its time.
    Processing,
    /// The money is there: so much, in minor units.
    Succeeded {
        /// How much.
        received: i64,
    },
    /// No money was taken; in words for whoever pays.
    Failed {
        /// Why.
        words: String,
    },
    /// It was called off before any money was taken.
    Canceled,
}

/// Money that went back, as the provider knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeRefund {
    /// The provider's key of it.
    pub id: String,
    /// Our key, where we asked for it.
    pub refund: Option<Uuid>,
    /// How much, in minor units.
    pub amount: i64,
    /// How it stands.
    pub state: RefundState,
}

/// How a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundState {
    /// The bank takes its time.
    OnItsWay,
    /// The money went back.
    Settled,
    /// Nothing goes back.
    Failed,
}

/// A refund to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// Our key: what is asked for twice under one key, is one.
    pub id: Uuid,
    /// The provider's key of the charge.
    pub charge: String,
    /// How much.
    pub amount: Money,
}

/// A provider of payments by card.
///
/// Every call ends within thirty seconds. Answers are the provider's own word: what a browser or a webhook says is only
/// a reason to ask again.
pub trait CardProvider: fmt::Debug + Send + Sync {
    /// Its name in the database.
    fn name(&self) -> &'static str;

    /// How browsers ask for a card.
    fn form(&self) -> CardForm;

    /// Makes a customer; answers the provider's key.
    fn make_customer(&self, customer: NewCustomer) -> Reply<'_, String>;

    /// Begins to take a customer's card in.
    fn begin_setup(&self, customer: String) -> Reply<'_, Setup>;

    /// Reads what became of that: the card, which the customer has from then on.
    fn finish_setup(&self, setup: String) -> Reply<'_, EnteredCard>;

    /// Forgets a card. One that is forgotten already is no error.
    fn forget(&self, method: String) -> Reply<'_, ()>;

    /// Prepares a charge without taking money; answers the provider's key.
    fn prepare(&self, charge: NewCharge) -> Reply<'_, String>;

    /// Takes the money of a prepared charge. One that was made already answers how it stands.
    fn charge(&self, charge: String, payer: Presence) -> Reply<'_, ChargeState>;

    /// How a charge stands.
    fn look(&self, charge: String) -> Reply<'_, ChargeState>;

    /// Calls a charge off, unless money was taken; answers how it stands.
    fn cancel(&self, charge: String) -> Reply<'_, ChargeState>;

    /// Gives money back.
    fn refund(&self, refund: NewRefund) -> Reply<'_, MadeRefund>;

    /// All that went back of a charge.
    fn refunds(&self, charge: String) -> Reply<'_, Vec<MadeRefund>>;
}

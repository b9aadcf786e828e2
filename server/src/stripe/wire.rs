//! Stripe's objects, as far as they are read.

use std::collections::HashMap;

use domain::{Currency, payments::Card};
use serde::Deserialize;
use services::payments::{ChargeState, EnteredCard, MadeRefund, ProviderError, RefundState, Setup};

use super::{amount::minor_of, client::unreadable, words};

/// What carries nothing but its key.
#[derive(Deserialize)]
pub(super) struct Made {
    pub(super) id: String,
}

/// A card that is being entered.
#[derive(Deserialize)]
pub(super) struct NewSetup {
    id: String,
    client_secret: String,
}

impl From<NewSetup> for Setup {
    fn from(setup: NewSetup) -> Self {
        Self { id: setup.id, secret: setup.client_secret }
    }
}

/// A card that was entered, or not; with its card.
#[derive(Deserialize)]
pub(super) struct SetupIntent {
    status: String,
    customer: Option<String>,
    payment_method: Option<PaymentMethod>,
    last_setup_error: Option<ApiError>,
}

impl SetupIntent {
    /// The customer and the card, once there is one.
    pub(super) fn entered(self) -> Result<(String, PaymentMethod), ProviderError> {
        let declined = |words: &str| Err(ProviderError::Declined(words.to_owned()));
        match (self.status.as_str(), self.customer, self.payment_method) {
            ("succeeded", Some(customer), Some(method)) => Ok((customer, method)),
            ("succeeded", _, _) => Err(ProviderError::Refused("the card belongs to no customer".to_owned())),
            ("processing", _, _) => declined("The bank has not answered yet. Try again in a while."),
            ("requires_action" | "requires_confirmation", _, _) => {
                declined("It was not confirmed to the bank.")
            }
            ("canceled", _, _) => declined("Entering the card was called off."),
            ("requires_payment_method", _, _) => match &self.last_setup_error {
                Some(error) => Err(ProviderError::Declined(words::declined(error))),
                None => declined("No card was entered."),
            },
            _ => Err(unreadable()),
        }
    }
}

/// A card.
#[derive(Deserialize)]
pub(super) struct PaymentMethod {
    pub(super) id: String,
    pub(super) customer: Option<String>,
    card: Option<CardDetails>,
}

#[derive(Deserialize)]
struct CardDetails {
    brand: String,
    last4: String,
    exp_month: u8,
    exp_year: u16,
}

impl PaymentMethod {
    /// The card of a customer.
    pub(super) fn of(self, customer: String) -> Result<EnteredCard, ProviderError> {
        let details =
            self.card.ok_or_else(|| ProviderError::Refused("what was entered is no card".to_owned()))?;
        let card = Card {
            brand: details.brand,
            last4: details.last4,
            expires_month: details.exp_month,
            expires_year: details.exp_year,
        };
        Ok(EnteredCard { customer, method: self.id, card })
    }
}

/// A charge.
#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    status: String,
    amount: i64,
    amount_received: Option<i64>,
    currency: Currency,
    client_secret: Option<String>,
    last_payment_error: Option<ApiError>,
}

impl PaymentIntent {
    /// How it stands.
    pub(super) fn state(self) -> Result<ChargeState, ProviderError> {
        Ok(match self.status.as_str() {
            "requires_confirmation" => ChargeState::Prepared,
            "requires_action" => {
                ChargeState::NeedsConfirmation { secret: self.client_secret.ok_or_else(unreadable)? }
            }
            "processing" | "requires_capture" => ChargeState::Processing,
            "succeeded" => {
                let amount = self.amount_received.unwrap_or(self.amount);
                ChargeState::Succeeded { received: minor_of(amount, self.currency)? }
            }
            "requires_payment_method" => {
                let words = self.last_payment_error.as_ref().map(words::declined);
                ChargeState::Failed { words: words.unwrap_or_else(|| "No card was charged.".to_owned()) }
            }
            "canceled" => ChargeState::Canceled,
            _ => return Err(unreadable()),
        })
    }
}

/// Money that goes back.
#[derive(Deserialize)]
pub(super) struct Refund {
    pub(super) id: String,
    amount: i64,
    currency: Currency,
    status: Option<String>,
    metadata: Option<HashMap<String, String>>,
}

impl Refund {
    /// The refund, also where nothing goes back by it.
    pub(super) fn made(self) -> Result<MadeRefund, ProviderError> {
        let state = match self.status.as_deref() {
            Some("succeeded") => RefundState::Settled,
            Some("failed" | "canceled") => RefundState::Failed,
            _ => RefundState::OnItsWay,
        };
        let ours = self.metadata.as_ref().and_then(|metadata| metadata.get("portico_refund"));
        Ok(MadeRefund {
            refund: ours.and_then(|id| id.parse().ok()),
            amount: minor_of(self.amount, self.currency)?,
            state,
            id: self.id,
        })
    }
}

/// A page of a list.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// An answer that says no.
#[derive(Deserialize)]
pub(super) struct Refused {
    pub(super) error: ApiError,
}

/// Why. Stripe's message is left out: it repeats what was sent.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct ApiError {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) param: Option<String>,
}

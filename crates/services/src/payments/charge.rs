//! The steps between the first and the last, with a card: the provider prepares the charge, we note its key, and only then
//! is money taken.

use domain::{Currency, Money, payments::PaymentState};
use entities::{payment, payment_method};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    CardProvider, ChargeState, NewCharge, Presence, ProviderError,
    cards::{forget, known_customer},
    conclude::{Ending, conclude},
};
use crate::{Cx, ServiceError, ServiceResult};

/// What is told when nothing was taken for a reason that the payer can do nothing about.
pub(super) const INTERRUPTED: &str = "The payment was interrupted before any money was taken. Try again.";
pub(super) const NOT_REACHED: &str =
    "The card service could not be reached. No money was taken; try again later.";

/// Takes a payment's money by a card.
///
/// # Errors
/// When the database fails. What the provider says is written to the payment; where it says nothing, the payment stays
/// pending until [`reconcile`](super::reconcile) has asked.
pub(super) async fn charge(
    cx: &Cx,
    payment: &payment::Model,
    method: &payment_method::Model,
    payer: Presence,
) -> ServiceResult<()> {
    take(cx, payment, method, payer).await?;
    if method.removed_at.is_some() {
        forget_when_done(cx, payment.id, method).await?;
    }
    Ok(())
}

async fn take(
    cx: &Cx,
    payment: &payment::Model,
    method: &payment_method::Model,
    payer: Presence,
) -> ServiceResult<()> {
    let provider = cx.portico.card_provider().ok_or_else(super::unavailable)?;
    let customer = known_customer(cx, provider, method.contact_id).await?.ok_or(ServiceError::NotFound)?;
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    let new = NewCharge {
        payment: payment.id,
        number: payment.number.clone(),
        amount: Money::new(payment.amount, currency),
        customer,
        method: method.provider_ref.clone(),
    };
    let reference = match provider.prepare(new).await {
        Ok(reference) => reference,
        Err(error) => {
            tracing::warn!(event = "payment.not_prepared", payment = %payment.number, %error);
            let words = match error {
                ProviderError::Declined(words) => words,
                ProviderError::Unreachable(_) | ProviderError::Refused(_) => NOT_REACHED.to_owned(),
            };
            conclude(cx, payment.id, &Ending::Failed(words)).await?;
            return Ok(());
        }
    };
    if !note(cx, payment.id, &reference).await? {
        // It took so long that it was given up meanwhile.
        provider.cancel(reference).await.ok();
        return Ok(());
    }
    let state = provider.charge(reference, payer).await;
    take_down(cx, payment, state).await?;
    Ok(())
}

/// Notes the provider's key of a payment; false when it is not pending any more.
async fn note(cx: &Cx, payment: Uuid, reference: &str) -> ServiceResult<bool> {
    let transaction = cx.begin().await?;
    let done = payment::Entity::update_many()
        .col_expr(payment::Column::ProviderRef, Expr::value(Some(reference)))
        .filter(payment::Column::Id.eq(payment))
        .filter(payment::Column::State.eq(PaymentState::Pending.code()))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(done.rows_affected == 1)
}

/// Writes down what the provider says of a payment; true once it is known how it ended.
pub(super) async fn take_down(
    cx: &Cx,
    payment: &payment::Model,
    state: Result<ChargeState, ProviderError>,
) -> ServiceResult<bool> {
    let ending = match state {
        Ok(ChargeState::Succeeded { received }) => Ending::Succeeded(received),
        Ok(ChargeState::Failed { words }) | Err(ProviderError::Declined(words)) => Ending::Failed(words),
        Ok(ChargeState::Canceled) => Ending::Canceled,
        Ok(ChargeState::Prepared | ChargeState::Processing | ChargeState::NeedsConfirmation { .. }) => {
            return Ok(false);
        }
        Err(error @ (ProviderError::Unreachable(_) | ProviderError::Refused(_))) => {
            tracing::warn!(event = "payment.unknown", payment = %payment.number, %error);
            return Ok(false);
        }
    };
    conclude(cx, payment.id, &ending).await?;
    Ok(true)
}

/// A card that is not to be kept is forgotten once the payment is done with.
async fn forget_when_done(cx: &Cx, payment: Uuid, method: &payment_method::Model) -> ServiceResult<()> {
    let found = payment::Entity::find_by_id(payment).one(cx.db().pool()).await?;
    if found.is_some_and(|payment| payment.state != PaymentState::Pending.code()) {
        forget(cx, method).await;
    }
    Ok(())
}

/// The provider of a payment's money, where it is the one that this installation has.
pub(super) fn provider_of<'a>(cx: &'a Cx, payment: &payment::Model) -> Option<&'a dyn CardProvider> {
    cx.portico.card_provider().filter(|provider| provider.name() == payment.provider)
}

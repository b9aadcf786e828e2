//! What the provider says of refunds: those that we asked for, and those that were made over there.

use domain::{Currency, Money, payments::PaymentState};
use entities::{payment, payment_refund};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    MadeRefund, NewRefund, ProviderError, RefundState,
    charge::provider_of,
    conclude::lock,
    settle_refund::{record, settle},
};
use crate::{Cx, ServiceError, ServiceResult, Transaction, ids};

/// Brings the refunds of a payment and its provider together; false where the provider did not answer.
pub(super) async fn reconcile_refunds(cx: &Cx, payment: &payment::Model) -> ServiceResult<bool> {
    let Some((provider, charge)) = provider_of(cx, payment).zip(payment.provider_ref.clone()) else {
        return Ok(true);
    };
    if payment.received == 0 {
        return Ok(true);
    }
    let made = match provider.refunds(charge).await {
        Ok(made) => made,
        Err(error) => {
            tracing::warn!(event = "refund.unknown", payment = %payment.number, %error);
            return Ok(false);
        }
    };
    for made in &made {
        take_down(cx, payment, made).await?;
    }
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    for refund in pending(cx.db().pool(), payment.id).await? {
        // One that never arrived is asked for again, under the same key.
        if refund.provider_ref.is_none() && made.iter().all(|made| made.refund != Some(refund.id)) {
            ask(cx, payment, &refund, currency).await.ok();
        }
    }
    // Locked, so that one which begins at this moment is asked for.
    let transaction = cx.begin().await?;
    lock(&transaction, payment.id).await?;
    if pending(&transaction, payment.id).await?.is_empty() {
        payment::Entity::update_many()
            .col_expr(payment::Column::NextCheckAt, Expr::value(Option::<i64>::None))
            .filter(payment::Column::Id.eq(payment.id))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(true)
}

/// The refunds of a payment that are on their way.
pub(super) async fn pending(
    connection: &impl ConnectionTrait,
    payment: Uuid,
) -> ServiceResult<Vec<payment_refund::Model>> {
    let pending = payment_refund::Entity::find()
        .filter(payment_refund::Column::PaymentId.eq(payment))
        .filter(payment_refund::Column::State.eq(PaymentState::Pending.code()));
    Ok(pending.all(connection).await?)
}

/// Asks the provider for a refund that is written down.
pub(super) async fn ask(
    cx: &Cx,
    payment: &payment::Model,
    refund: &payment_refund::Model,
    currency: Currency,
) -> ServiceResult<()> {
    let provider = provider_of(cx, payment).ok_or_else(super::unavailable)?;
    let charge = payment.provider_ref.clone().ok_or(ServiceError::NotFound)?;
    let new = NewRefund { id: refund.id, charge, amount: Money::new(refund.amount, currency) };
    match provider.refund(new).await {
        Ok(made) => take_down(cx, payment, &made).await,
        Err(ProviderError::Unreachable(why)) => {
            tracing::warn!(event = "refund.unknown", payment = %payment.number, why);
            Err(ServiceError::refused(
                "The card service did not answer. Whether the money goes back is looked up in a minute; do not try again.",
            ))
        }
        Err(ProviderError::Declined(why) | ProviderError::Refused(why)) => {
            tracing::warn!(event = "refund.refused", payment = %payment.number, why);
            end(cx, payment, refund).await?;
            Err(ServiceError::refused("The card service refused to give it back."))
        }
    }
}

/// Writes down a refund that the provider tells of: one that we asked for, or that was made over there, and how it stands.
async fn take_down(cx: &Cx, payment: &payment::Model, made: &MadeRefund) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    let payment = lock(&transaction, payment.id).await?;
    let by_reference = payment_refund::Entity::find()
        .filter(payment_refund::Column::ProviderRef.eq(&made.id))
        .one(&transaction)
        .await?;
    let known = match (by_reference, made.refund) {
        (Some(known), _) => Some(known),
        (None, Some(ours)) => {
            payment_refund::Entity::find_by_id(ours)
                .filter(payment_refund::Column::PaymentId.eq(payment.id))
                .one(&transaction)
                .await?
        }
        (None, None) => None,
    };
    let refund = match (known, made.state) {
        (Some(known), RefundState::Failed) => return fail(cx, transaction, &payment, &known).await,
        // Made over there, and nothing came of it.
        (None, RefundState::Failed) => return Ok(()),
        (Some(known), _) => known,
        (None, _) => {
            let new = payment_refund::Model {
                id: ids::mint(cx.now()),
                payment_id: payment.id,
                amount: made.amount,
                state: PaymentState::Pending.code().to_owned(),
                provider_ref: None,
                reason: String::new(),
                created_by: payment.provider.clone(),
                created_at: cx.now().millis(),
                settled_at: None,
            };
            payment_refund::Entity::insert(new.clone().into_active_model())
                .exec_without_returning(&transaction)
                .await?;
            new
        }
    };
    payment_refund::Entity::update_many()
        .col_expr(payment_refund::Column::ProviderRef, Expr::value(Some(made.id.as_str())))
        .filter(payment_refund::Column::Id.eq(refund.id))
        .exec(&transaction)
        .await?;
    if made.state == RefundState::Settled && refund.state != PaymentState::Succeeded.code() {
        settle(cx, &transaction, &payment, &refund).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// The provider will not do it.
async fn end(cx: &Cx, payment: &payment::Model, refund: &payment_refund::Model) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    fail(cx, transaction, payment, refund).await
}

/// Nothing goes back, after all.
async fn fail(
    cx: &Cx,
    transaction: Transaction,
    payment: &payment::Model,
    refund: &payment_refund::Model,
) -> ServiceResult<()> {
    let done = payment_refund::Entity::update_many()
        .col_expr(payment_refund::Column::State, Expr::value(PaymentState::Failed.code()))
        .col_expr(payment_refund::Column::SettledAt, Expr::value(Some(cx.now().millis())))
        .filter(payment_refund::Column::Id.eq(refund.id))
        .filter(payment_refund::Column::State.eq(PaymentState::Pending.code()))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        // It was heard before that it was made, or that it failed.
        if refund.state == PaymentState::Succeeded.code() {
            tracing::error!(event = "refund.came_back", payment = %payment.number, refund = %refund.id);
        }
        return Ok(());
    }
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    record(cx, &transaction, "payment.refund_failed", payment, Money::new(refund.amount, currency)).await?;
    transaction.commit().await?;
    Ok(())
}

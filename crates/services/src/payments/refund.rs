//! Money that goes back.

use domain::{
    Currency, Money,
    access::Right,
    ids::PaymentId,
    payments::{Means, PaymentState, parse_amount, take_back},
    wallet::EntryKind,
};
use entities::{payment, payment_allocation, payment_refund};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    MadeRefund, NewRefund, ProviderError,
    begin::FIRST_LOOK,
    charge::provider_of,
    conclude::{allocations_of, lock, lock_documents, paid},
    receipt,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    documents::write::update_documents,
    ids, wallet,
};

/// The key of a refund to be, for its form.
#[must_use]
pub fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// Longest reason.
const MAX_REASON: usize = 500;

/// Gives a payment back, in full or in part, to where it came from: to the card, into the wallet; what came by transfer
/// is noted as paid back from the bank by hand. What it paid is open again, the last document first. `key` is the form's: the
/// same form gives back once.
///
/// # Permissions
/// [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::Invalid`] by field; [`ServiceError::Refused`] when less was paid, or the provider refuses;
/// [`ServiceError::NotFound`] without the right.
pub async fn refund_payment(
    cx: &Cx,
    id: PaymentId,
    key: &str,
    amount: &str,
    reason: &str,
) -> ServiceResult<()> {
    staff(cx, Right::ManagePayments)?;
    let key: PaymentId = key.parse().map_err(|_no_key| ServiceError::NotFound)?;
    let reason = reason.trim();
    if reason.chars().count() > MAX_REASON {
        return Err(ServiceError::field("reason", format!("At most {MAX_REASON} characters, please.")));
    }
    let transaction = cx.begin().await?;
    let payment = lock(&transaction, id.into()).await?;
    if payment_refund::Entity::find_by_id(Uuid::from(key)).one(&transaction).await?.is_some() {
        return Ok(());
    }
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    let under_way = under_way(&transaction, payment.id).await?;
    let left = payment.received.saturating_sub(payment.refunded).saturating_sub(under_way);
    if left <= 0 {
        return Err(ServiceError::refused("Nothing of it is left to give back."));
    }
    let amount =
        parse_amount(amount, Money::new(1, currency), Money::new(left, currency)).map_err(|words| {
            ServiceError::field("amount", words.replace("no more is open", "no more is left of it"))
        })?;
    refuse_what_was_spent(&transaction, &payment, amount, under_way).await?;
    let refund = payment_refund::Model {
        id: key.into(),
        payment_id: payment.id,
        amount: amount.minor,
        state: PaymentState::Pending.code().to_owned(),
        provider_ref: None,
        reason: reason.to_owned(),
        created_by: cx.actor().name().to_owned(),
        created_at: cx.now().millis(),
        settled_at: None,
    };
    payment_refund::Entity::insert(refund.clone().into_active_model())
        .exec_without_returning(&transaction)
        .await?;
    record(cx, &transaction, "payment.refund_begun", &payment, amount).await?;
    if Means::parse(&payment.means) != Some(Means::Card) {
        settle(cx, &transaction, &payment, &refund).await?;
        transaction.commit().await?;
        cx.portico.ring();
        return Ok(());
    }
    check_later(cx, &transaction, payment.id).await?;
    transaction.commit().await?;
    ask(cx, &payment, &refund, currency).await
}

/// What a payment left over went into the wallet. Once that was spent it cannot be given back, too: it would be there twice.
async fn refuse_what_was_spent(
    transaction: &Transaction,
    payment: &payment::Model,
    amount: Money,
    under_way: i64,
) -> ServiceResult<()> {
    let parts = parts(&allocations_of(transaction, payment.id).await?);
    let there = wallet::balance(transaction, payment.entity_id, amount.currency).await?;
    let rest = Ord::min(rest(payment, &parts), there.minor);
    if take_back(amount.minor.saturating_add(under_way), &parts, rest).is_some() {
        return Ok(());
    }
    Err(ServiceError::refused(format!(
        "The customer has spent it: only {there} of it is still in the wallet."
    )))
}

/// What is paid by a payment, by document.
fn parts(allocations: &[payment_allocation::Model]) -> Vec<i64> {
    allocations.iter().map(|allocation| allocation.applied).collect()
}

/// What of a payment went into the wallet and did not go back.
fn rest(payment: &payment::Model, parts: &[i64]) -> i64 {
    let kept = payment.received.saturating_sub(payment.refunded);
    let in_documents = parts.iter().copied().fold(0, i64::saturating_add);
    Ord::max(kept.saturating_sub(in_documents), 0)
}

/// Asks the provider for a refund that is written down.
async fn ask(
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

/// Writes down a refund that the provider tells of: one that we asked for, or that was made over there.
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
    let refund = match known {
        Some(known) => known,
        None => {
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
    if made.is_settled && refund.state != PaymentState::Succeeded.code() {
        settle(cx, &transaction, &payment, &refund).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

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
async fn pending(
    connection: &impl ConnectionTrait,
    payment: Uuid,
) -> ServiceResult<Vec<payment_refund::Model>> {
    let pending = payment_refund::Entity::find()
        .filter(payment_refund::Column::PaymentId.eq(payment))
        .filter(payment_refund::Column::State.eq(PaymentState::Pending.code()));
    Ok(pending.all(connection).await?)
}

async fn check_later(cx: &Cx, transaction: &Transaction, payment: Uuid) -> ServiceResult<()> {
    payment::Entity::update_many()
        .col_expr(payment::Column::NextCheckAt, Expr::value(Some(cx.now().plus(FIRST_LOOK).millis())))
        .filter(payment::Column::Id.eq(payment))
        .exec(transaction)
        .await?;
    Ok(())
}

/// What is on its way back.
async fn under_way(transaction: &Transaction, payment: Uuid) -> ServiceResult<i64> {
    let pending = pending(transaction, payment).await?;
    Ok(pending.iter().map(|refund| refund.amount).fold(0, i64::saturating_add))
}

/// The provider will not do it.
async fn end(cx: &Cx, payment: &payment::Model, refund: &payment_refund::Model) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    let done = payment_refund::Entity::update_many()
        .col_expr(payment_refund::Column::State, Expr::value(PaymentState::Failed.code()))
        .col_expr(payment_refund::Column::SettledAt, Expr::value(Some(cx.now().millis())))
        .filter(payment_refund::Column::Id.eq(refund.id))
        .filter(payment_refund::Column::State.eq(PaymentState::Pending.code()))
        .exec(&transaction)
        .await?;
    if done.rows_affected == 0 {
        // It was heard meanwhile that it was made after all.
        return Ok(());
    }
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    record(cx, &transaction, "payment.refund_failed", payment, Money::new(refund.amount, currency)).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes it back from what it paid.
async fn settle(
    cx: &Cx,
    transaction: &Transaction,
    payment: &payment::Model,
    refund: &payment_refund::Model,
) -> ServiceResult<()> {
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    let amount = Money::new(refund.amount, currency);
    let allocations = allocations_of(transaction, payment.id).await?;
    let parts = parts(&allocations);
    let mut documents = lock_documents(transaction, &allocations).await?;
    let rest = match rest(payment, &parts) {
        0 => 0,
        rest => Ord::min(rest, wallet::locked_balance(transaction, payment.entity_id, currency).await?.minor),
    };
    let (taken, from_rest) = take_back(refund.amount, &parts, rest).unwrap_or_else(|| {
        // Given back at the provider's own desk, or spent while it was on its way.
        tracing::warn!(event = "refund.more_than_is_left", payment = %payment.number, refund = %refund.id);
        (parts.clone(), rest)
    });
    let mut changes = Vec::new();
    for (allocation, part) in allocations.iter().zip(taken).filter(|(_, part)| *part > 0) {
        payment_allocation::Entity::update_many()
            .col_expr(
                payment_allocation::Column::Applied,
                Expr::col(payment_allocation::Column::Applied).sub(part),
            )
            .filter(payment_allocation::Column::Id.eq(allocation.id))
            .exec(transaction)
            .await?;
        if let Some(document) = documents.remove(&allocation.document_id) {
            changes.push(paid(cx, document, part.saturating_neg())?);
        }
    }
    update_documents(cx, transaction, changes).await?;
    let by = refund.created_by.clone();
    if from_rest > 0 {
        let entry = wallet::NewEntry {
            entity: payment.entity_id,
            kind: EntryKind::PaidOut,
            amount: Money::new(from_rest.saturating_neg(), currency),
            payment: Some(payment.id),
            by: by.clone(),
        };
        wallet::add(cx, transaction, entry).await?;
    }
    if Means::parse(&payment.means) == Some(Means::Wallet) {
        let entry = wallet::NewEntry {
            entity: payment.entity_id,
            kind: EntryKind::Refund,
            amount,
            payment: Some(payment.id),
            by,
        };
        wallet::add(cx, transaction, entry).await?;
    }
    payment::Entity::update_many()
        .col_expr(payment::Column::Refunded, Expr::col(payment::Column::Refunded).add(refund.amount))
        .filter(payment::Column::Id.eq(payment.id))
        .exec(transaction)
        .await?;
    let done = payment_refund::ActiveModel {
        id: Set(refund.id),
        state: Set(PaymentState::Succeeded.code().to_owned()),
        settled_at: Set(Some(cx.now().millis())),
        ..Default::default()
    };
    payment_refund::Entity::update(done).exec(transaction).await?;
    record(cx, transaction, "payment.refunded", payment, amount).await?;
    receipt::tell_back(cx, transaction, payment, amount).await
}

async fn record(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    payment: &payment::Model,
    amount: Money,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &payment.number,
        subject_id: Some(payment.id),
        entity_id: Some(payment.entity_id),
        data: json!({ "amount": amount.minor, "currency": payment.currency, "means": payment.label }),
    };
    audit::record(cx, transaction, event).await
}

//! What a refund takes back from what the payment paid.

use domain::{
    Currency, Money,
    payments::{Means, PaymentState, take_back},
    wallet::EntryKind,
};
use entities::{payment, payment_allocation, payment_refund};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use super::{
    conclude::{allocations_of, lock_documents, paid},
    receipt,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
    documents::write::update_documents,
    wallet,
};

/// Takes it back from what it paid.
pub(super) async fn settle(
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

pub(super) async fn record(
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

/// What is paid by a payment, by document.
pub(super) fn parts(allocations: &[payment_allocation::Model]) -> Vec<i64> {
    allocations.iter().map(|allocation| allocation.applied).collect()
}

/// What of a payment went into the wallet and did not go back.
pub(super) fn rest(payment: &payment::Model, parts: &[i64]) -> i64 {
    let kept = payment.received.saturating_sub(payment.refunded);
    let in_documents = parts.iter().copied().fold(0, i64::saturating_add);
    Ord::max(kept.saturating_sub(in_documents), 0)
}

//! Giving a payment back.

use domain::{
    Currency, Money,
    access::Right,
    ids::PaymentId,
    payments::{Means, PaymentState, parse_amount, take_back},
};
use entities::{payment, payment_refund};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{
    begin::FIRST_LOOK,
    conclude::{allocations_of, lock},
    reconcile_refunds::{ask, pending},
    settle_refund::{parts, record, rest, settle},
};
use crate::{Cx, ServiceError, ServiceResult, Transaction, access::staff, wallet};

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

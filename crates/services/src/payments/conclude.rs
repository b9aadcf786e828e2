//! The last step of every payment: what it came to is written to the books, once.

use std::collections::HashMap;

use domain::{
    Currency, Money,
    documents::{DocumentKind, DocumentState},
    payments::{PaymentState, Purpose, allocate},
    wallet::EntryKind,
    webhooks::WebhookEvent,
};
use entities::{document, payment, payment_allocation};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{begin::record, open::Open, receipt};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    documents::{stored::as_stored, write::update_documents},
    wallet,
    webhooks::announce,
};

/// How a payment ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// So much came in, in minor units.
    Succeeded(i64),
    /// No money was taken; in words for whoever pays.
    Failed(String),
    /// It was called off.
    Canceled,
}

/// Locks a payment.
pub(super) async fn lock(transaction: &Transaction, id: Uuid) -> ServiceResult<payment::Model> {
    let found = payment::Entity::find_by_id(id).lock_exclusive().one(transaction).await?;
    found.ok_or(ServiceError::NotFound)
}

/// Writes down how a payment ended: once, however often and in whatever order it is told. Money that comes in after a
/// payment was given up is there all the same.
///
/// # Errors
/// When the database fails.
pub(super) async fn conclude(cx: &Cx, id: Uuid, ending: &Ending) -> ServiceResult<payment::Model> {
    let transaction = cx.begin().await?;
    let payment = conclude_in(cx, &transaction, id, ending).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(payment)
}

/// The same within a transaction. After the commit, ring `Portico::ring`.
pub(super) async fn conclude_in(
    cx: &Cx,
    transaction: &Transaction,
    id: Uuid,
    ending: &Ending,
) -> ServiceResult<payment::Model> {
    let before = lock(transaction, id).await?;
    let is_news = matches!(
        (PaymentState::parse(&before.state), ending),
        (Some(PaymentState::Pending), _)
            | (Some(PaymentState::Failed | PaymentState::Canceled), Ending::Succeeded(_))
    );
    if !is_news {
        return Ok(before);
    }
    let (state, action, received, failure) = match ending {
        Ending::Succeeded(received) => (PaymentState::Succeeded, "payment.succeeded", *received, ""),
        Ending::Failed(words) => (PaymentState::Failed, "payment.failed", 0, words.as_str()),
        Ending::Canceled => (PaymentState::Canceled, "payment.canceled", 0, ""),
    };
    let after = payment::Model {
        state: state.code().to_owned(),
        received,
        failure: failure.to_owned(),
        settled_at: Some(cx.now().millis()),
        next_check_at: None,
        ..before
    };
    payment::Entity::update_many()
        .col_expr(payment::Column::State, Expr::value(after.state.as_str()))
        .col_expr(payment::Column::Received, Expr::value(after.received))
        .col_expr(payment::Column::Failure, Expr::value(after.failure.as_str()))
        .col_expr(payment::Column::SettledAt, Expr::value(after.settled_at))
        .col_expr(payment::Column::NextCheckAt, Expr::value(Option::<i64>::None))
        .filter(payment::Column::Id.eq(after.id))
        .exec(transaction)
        .await?;
    payment_allocation::Entity::update_many()
        .col_expr(payment_allocation::Column::IsPending, Expr::value(false))
        .filter(payment_allocation::Column::PaymentId.eq(after.id))
        .filter(payment_allocation::Column::IsPending.eq(true))
        .exec(transaction)
        .await?;
    if let Ending::Succeeded(received) = ending {
        let left = apply(cx, transaction, &after, *received).await?;
        fill_wallet(cx, transaction, &after, left).await?;
        receipt::tell(cx, transaction, &after, left).await?;
    }
    record(cx, transaction, action, &after).await?;
    Ok(after)
}

/// The allocations of a payment, in their order.
pub(super) async fn allocations_of(
    connection: &impl sea_orm::ConnectionTrait,
    payment: Uuid,
) -> ServiceResult<Vec<payment_allocation::Model>> {
    let all = payment_allocation::Entity::find()
        .filter(payment_allocation::Column::PaymentId.eq(payment))
        .order_by_asc(payment_allocation::Column::Position);
    Ok(all.all(connection).await?)
}

/// Locks the documents of allocations, in one order for all.
pub(super) async fn lock_documents(
    transaction: &Transaction,
    allocations: &[payment_allocation::Model],
) -> ServiceResult<HashMap<Uuid, document::Model>> {
    let ids = allocations.iter().map(|allocation| allocation.document_id);
    let locked = document::Entity::find()
        .filter(document::Column::Id.is_in(ids))
        .order_by_asc(document::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    Ok(locked.into_iter().map(|document| (document.id, document)).collect())
}

/// Pays documents; answers what is left over.
async fn apply(
    cx: &Cx,
    transaction: &Transaction,
    payment: &payment::Model,
    received: i64,
) -> ServiceResult<i64> {
    let allocations = allocations_of(transaction, payment.id).await?;
    let mut documents = lock_documents(transaction, &allocations).await?;
    let open: Vec<i64> = allocations
        .iter()
        .map(|allocation| {
            let document = documents.get(&allocation.document_id);
            Ord::min(open_now(cx, document, payment), allocation.amount)
        })
        .collect();
    let (parts, left) = allocate(received, &open);
    let mut changes = Vec::new();
    for (allocation, part) in allocations.iter().zip(parts).filter(|(_, part)| *part > 0) {
        let Some(document) = documents.remove(&allocation.document_id) else { continue };
        payment_allocation::Entity::update_many()
            .col_expr(
                payment_allocation::Column::Applied,
                Expr::col(payment_allocation::Column::Applied).add(part),
            )
            .filter(payment_allocation::Column::Id.eq(allocation.id))
            .exec(transaction)
            .await?;
        announce(cx, transaction, WebhookEvent::DocumentPaid, (&document).into()).await?;
        changes.push(paid(cx, document, part)?);
    }
    update_documents(cx, transaction, changes).await?;
    Ok(left)
}

/// What is open on a document at this moment, whoever may see it.
fn open_now(cx: &Cx, document: Option<&document::Model>, payment: &payment::Model) -> i64 {
    let Some(document) = document.filter(|document| document.currency.as_ref() == Some(&payment.currency))
    else {
        return 0;
    };
    match DocumentKind::parse(&document.kind) {
        // What is paid of an order confirms it, even where it was withdrawn meanwhile.
        Some(DocumentKind::Sale) => document.total.unwrap_or(0).saturating_sub(document.paid_here),
        _ => Open::of(cx, document.clone(), false).map_or(0, |open| open.open),
    }
}

/// A document of which so much more is paid, or less.
pub(super) fn paid(
    cx: &Cx,
    before: document::Model,
    part: i64,
) -> ServiceResult<(document::Model, crate::documents::write::NewDocument)> {
    let too_much = || ServiceError::internal(anyhow::anyhow!("an amount beyond all measure"));
    let mut after = as_stored(&before)?;
    let paid_here = before.paid_here.checked_add(part).ok_or_else(too_much)?;
    after.paid_here = Some(paid_here);
    match after.content.kind {
        DocumentKind::Invoice => {
            let open = before.residual.unwrap_or(0).checked_sub(part).ok_or_else(too_much)?;
            after.content.residual = Some(open);
        }
        DocumentKind::Sale if after.content.state == DocumentState::Sent => {
            let needed = cx.settings().general.down_payment_of(before.total.unwrap_or(0));
            if needed.is_some_and(|needed| paid_here >= needed) {
                after.content.state = DocumentState::Confirmed;
            }
        }
        _ => {}
    }
    Ok((before, after))
}

/// What no document needs goes into the wallet, so that no money is lost.
async fn fill_wallet(
    cx: &Cx,
    transaction: &Transaction,
    payment: &payment::Model,
    left: i64,
) -> ServiceResult<()> {
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    if left == 0 {
        return Ok(());
    }
    let kind = match Purpose::parse(&payment.purpose) {
        Some(Purpose::TopUp) => EntryKind::TopUp,
        _ => EntryKind::Overpayment,
    };
    let entry = wallet::NewEntry {
        entity: payment.entity_id,
        kind,
        amount: Money::new(left, currency),
        payment: Some(payment.id),
        by: payment.payer.clone(),
    };
    wallet::add(cx, transaction, entry).await
}

//! The first step of every payment: it is written down, before any money moves.

use domain::{
    Money,
    ids::PaymentId,
    payments::{Means, PaymentState, Purpose, creditor_reference},
};
use entities::{document, number_sequence, payment, payment_allocation};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::{open::Open, payable::open_of, payer::Payer};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, Event},
    ids,
};

/// After so long the provider is asked how a payment went that nobody told us of.
pub(super) const FIRST_LOOK: Duration = Duration::minutes(1);

/// The row of the numbers of payments.
const NUMBERS: &str = "payment";

/// A payment to be.
#[derive(Clone, Debug)]
pub(super) struct NewPayment<'a> {
    pub id: PaymentId,
    pub payer: &'a Payer,
    pub purpose: Purpose,
    pub means: Means,
    pub provider: &'static str,
    pub method: Option<Uuid>,
    /// The means in words.
    pub label: String,
    pub amount: Money,
    /// Whose documents are paid, or whose wallet is filled.
    pub entity: Uuid,
    /// The documents, in the order in which they are served.
    pub documents: &'a [Uuid],
}

/// Writes a payment down, and keeps its documents for it; nothing where the same form was sent before.
///
/// # Errors
/// [`ServiceError::Refused`] when something else was paid meanwhile, or a payment for one of them is under way.
pub(super) async fn begin(
    cx: &Cx,
    transaction: &Transaction,
    new: &NewPayment<'_>,
) -> ServiceResult<Option<payment::Model>> {
    // First, since it lets one in at a time: of two clicks the second finds the first's payment.
    let open = keep(cx, transaction, new.documents).await?;
    if sent_before(transaction, new).await? {
        return Ok(None);
    }
    refuse_what_cannot_be(new, &open)?;
    // Late, since all payments wait for it: an import may hold the documents for a while.
    let number = next_number(transaction).await?;
    if open.is_empty() && sent_before(transaction, new).await? {
        // With no document to wait for, it is the number that lets one in at a time.
        return Ok(None);
    }
    let key = Uuid::from(new.id);
    let reference = match new.means {
        Means::Transfer => creditor_reference(&number).unwrap_or_else(|| number.clone()),
        Means::Card | Means::Wallet => String::new(),
    };
    let now = cx.now();
    let row = payment::Model {
        id: key,
        number,
        entity_id: new.entity,
        contact_id: new.payer.contact,
        user_id: new.payer.user.map(Uuid::from),
        share_link_id: new.payer.link,
        payer: new.payer.name.clone(),
        purpose: new.purpose.code().to_owned(),
        means: new.means.code().to_owned(),
        provider: new.provider.to_owned(),
        provider_ref: None,
        method_id: new.method,
        label: new.label.clone(),
        reference,
        state: PaymentState::Pending.code().to_owned(),
        currency: new.amount.currency.code().to_owned(),
        amount: new.amount.minor,
        received: 0,
        refunded: 0,
        failure: String::new(),
        created_at: now.millis(),
        settled_at: None,
        next_check_at: (new.means == Means::Card).then(|| now.plus(FIRST_LOOK).millis()),
    };
    payment::Entity::insert(row.clone().into_active_model()).exec_without_returning(transaction).await?;
    let (parts, _) =
        domain::payments::allocate(new.amount.minor, &open.iter().map(|open| open.open).collect::<Vec<_>>());
    let allocations = open.iter().zip(parts).enumerate().filter(|(_, (_, part))| *part > 0);
    let allocations: Vec<_> = allocations
        .map(|(place, (open, part))| payment_allocation::ActiveModel {
            id: Set(ids::mint(now)),
            payment_id: Set(key),
            document_id: Set(open.document.id),
            position: Set(i32::try_from(place).unwrap_or(i32::MAX)),
            amount: Set(part),
            applied: Set(0),
            is_pending: Set(true),
        })
        .collect();
    if !allocations.is_empty() {
        let insert = payment_allocation::Entity::insert_many(allocations).exec_without_returning(transaction);
        insert.await.map_err(|error| match ServiceError::is_unique_violation(&error) {
            true => under_way(),
            false => error.into(),
        })?;
    }
    record(cx, transaction, "payment.begun", &row).await?;
    Ok(Some(row))
}

/// Whether the same form was sent before, by the same person.
async fn sent_before(transaction: &Transaction, new: &NewPayment<'_>) -> ServiceResult<bool> {
    match payment::Entity::find_by_id(Uuid::from(new.id)).one(transaction).await? {
        Some(before) if new.payer.began(&before) => Ok(true),
        Some(_) => Err(ServiceError::NotFound),
        None => Ok(false),
    }
}

/// Locks documents and answers what is open on them, in their order.
async fn keep(cx: &Cx, transaction: &Transaction, ids: &[Uuid]) -> ServiceResult<Vec<Open>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    document::Entity::find()
        .filter(document::Column::Id.is_in(ids.iter().copied()))
        // In one order for all, so that no two wait for each other.
        .order_by_asc(document::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    // Asked only now: what somebody else did before we had the locks is seen.
    let mut open = open_of(cx, transaction, ids).await?;
    open.sort_by_key(|open| ids.iter().position(|id| *id == open.document.id));
    Ok(open)
}

fn refuse_what_cannot_be(new: &NewPayment<'_>, open: &[Open]) -> ServiceResult<()> {
    if new.purpose == Purpose::TopUp {
        return Ok(());
    }
    if open.iter().any(|open| open.is_pending) {
        return Err(under_way());
    }
    let sum = open.iter().try_fold(0_i64, |sum, open| sum.checked_add(open.open));
    let is_one = open.iter().all(|open| open.entity == new.entity && open.currency == new.amount.currency);
    match sum {
        Some(sum) if is_one && open.len() == new.documents.len() && new.amount.minor <= sum => Ok(()),
        _ => Err(ServiceError::refused(
            "Something was paid or changed since you opened this page. Look at the amounts again.",
        )),
    }
}

fn under_way() -> ServiceError {
    ServiceError::refused(
        "A payment for this is under way already. Wait until it is done, or give it up first.",
    )
}

/// The next number. The row is locked until the transaction ends.
pub(super) async fn next_number(transaction: &impl ConnectionTrait) -> ServiceResult<String> {
    use number_sequence::{Column, Entity};
    let next = Expr::col(Column::Last).add(1);
    Entity::update_many()
        .col_expr(Column::Last, next)
        .filter(Column::Name.eq(NUMBERS))
        .exec(transaction)
        .await?;
    let row = Entity::find_by_id(NUMBERS).one(transaction).await?;
    let last = row.map(|row| row.last).ok_or(ServiceError::NotFound)?;
    Ok(format!("P{last:05}"))
}

/// Takes down what became of a payment.
pub(super) async fn record(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    payment: &payment::Model,
) -> ServiceResult<()> {
    let event = Event {
        action,
        subject: &payment.number,
        subject_id: Some(payment.id),
        entity_id: Some(payment.entity_id),
        data: json!({
            "amount": payment.amount,
            "currency": payment.currency,
            "means": payment.label,
            "received": payment.received,
            "failure": payment.failure,
        }),
    };
    audit::record(cx, transaction, event).await
}

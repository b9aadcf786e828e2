use domain::{
    Currency, Instant, Money,
    access::Right,
    documents::{DocumentDetails, DocumentKind, DocumentState},
    ids::PaymentId,
    payments::{AllocationRow, Confirm, Means, PaymentPage, PaymentState, RefundRow},
};
use entities::{contact, document, payment, payment_allocation, payment_refund};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    Select,
};
use uuid::Uuid;

use super::{ChargeState, charge::provider_of, list_payments::row, seen::seen, transfer::bank_transfer};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{may, portal, portal_scope_if_any, staff},
    documents::{read::details_of, stored::name_of},
};

/// A payment's page in the portal, in two statements. While a card's payment is pending its provider is asked whether it has to be confirmed;
/// nothing is written.
///
/// # Permissions
/// As for [`super::list_payments`]. Documents that the reader does not see are not named.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or not for this person.
pub async fn get_payment(cx: &Cx, id: PaymentId) -> ServiceResult<PaymentPage> {
    let (payment, refunds) = with_refunds(cx, seen(cx)?, id).await?;
    let mut visible = Condition::any();
    for kind in [DocumentKind::Invoice, DocumentKind::Sale] {
        if let Some(scope) = portal_scope_if_any(cx, kind.view())? {
            visible = visible.add(scope.condition(kind));
        }
    }
    let visible =
        if visible.is_empty() { Condition::any().add(document::Column::Id.is_null()) } else { visible };
    let actor = portal(cx)?;
    let is_theirs =
        payment.user_id == actor.user.map(Uuid::from) && payment.contact_id == Uuid::from(actor.contact);
    let mut page = read(cx, &payment, refunds, visible, String::new()).await?;
    let is_pending = page.row.state == PaymentState::Pending;
    page.may_cancel = is_pending && is_theirs && !actor.is_view_as();
    if is_pending && page.may_cancel {
        page.confirm = confirm(cx, &payment).await;
        page.may_cancel = Means::parse(&payment.means) == Some(Means::Transfer) || page.confirm.is_some();
    }
    for refund in &mut page.refunds {
        refund.by.clear();
    }
    Ok(page)
}

/// A payment's page for staff.
///
/// # Permissions
/// [`Right::WorkOnDocuments`]; what can go back is told to those with [`Right::ManagePayments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none, or without the right.
pub async fn get_staff_payment(cx: &Cx, id: PaymentId) -> ServiceResult<PaymentPage> {
    staff(cx, Right::WorkOnDocuments)?;
    let (payment, refunds) = with_refunds(cx, payment::Entity::find(), id).await?;
    let company = contact::Entity::find_by_id(payment.entity_id).one(cx.db().pool()).await?;
    let company = company.map(|company| company.name).unwrap_or_default();
    let mut page = read(cx, &payment, refunds, Condition::all(), company).await?;
    let may_manage = may(cx, Right::ManagePayments);
    let currency = page.row.amount.currency;
    let left = payment.received.saturating_sub(payment.refunded);
    page.refundable = Some(Money::new(left, currency)).filter(|left| may_manage && left.minor > 0);
    page.may_cancel = may_manage
        && page.row.state == PaymentState::Pending
        && Means::parse(&payment.means) == Some(Means::Transfer);
    page.provider_ref = payment.provider_ref.clone().unwrap_or_default();
    Ok(page)
}

/// A payment's page that names one document only, and the payment.
pub(super) async fn read_page(
    cx: &Cx,
    payments: Select<payment::Entity>,
    id: PaymentId,
    document: Uuid,
) -> ServiceResult<(PaymentPage, payment::Model)> {
    let only = Condition::all().add(document::Column::Id.eq(document));
    let (payment, refunds) = with_refunds(cx, payments, id).await?;
    Ok((read(cx, &payment, refunds, only, String::new()).await?, payment))
}

/// A payment and what went back of it, the oldest first.
async fn with_refunds(
    cx: &Cx,
    payments: Select<payment::Entity>,
    id: PaymentId,
) -> ServiceResult<(payment::Model, Vec<payment_refund::Model>)> {
    let found = payments
        .filter(payment::Column::Id.eq(Uuid::from(id)))
        .find_with_related(payment_refund::Entity)
        .order_by_asc(payment_refund::Column::CreatedAt)
        .all(cx.db().pool())
        .await?;
    found.into_iter().next().ok_or(ServiceError::NotFound)
}

async fn read(
    cx: &Cx,
    payment: &payment::Model,
    refunds: Vec<payment_refund::Model>,
    visible: Condition,
    company: String,
) -> ServiceResult<PaymentPage> {
    let currency = Currency::parse(&payment.currency).map_err(ServiceError::internal)?;
    let row = row(cx, payment, company);
    let seen = payment_allocation::Relation::Document
        .def()
        .on_condition(move |_allocation, _document| visible.clone());
    let parts = payment_allocation::Entity::find()
        .filter(payment_allocation::Column::PaymentId.eq(payment.id))
        .order_by_asc(payment_allocation::Column::Position)
        .join(JoinType::LeftJoin, seen)
        .select_also(document::Entity)
        .all(cx.db().pool())
        .await?;
    let is_settled = row.state == PaymentState::Succeeded;
    let mut allocations = Vec::new();
    let mut to_documents = 0_i64;
    for (part, document) in parts {
        to_documents = to_documents.saturating_add(part.applied);
        let Some((kind, name)) =
            document.and_then(|document| Some((DocumentKind::parse(&document.kind)?, name(&document)?)))
        else {
            continue;
        };
        let minor = if is_settled { part.applied } else { part.amount };
        let amount = Money::new(minor, currency);
        allocations.push(AllocationRow { document: part.document_id.into(), kind, name, amount });
    }
    let kept = payment.received.saturating_sub(payment.refunded);
    let waits = row.state == PaymentState::Pending && Means::parse(&payment.means) == Some(Means::Transfer);
    Ok(PaymentPage {
        entity: payment.entity_id.into(),
        allocations,
        to_wallet: Money::new(kept.saturating_sub(to_documents).max(0), currency),
        refunds: refunds.iter().map(|refund| shown(cx, refund, currency)).collect(),
        failure: payment.failure.clone(),
        confirm: None,
        transfer: if waits { bank_transfer(cx, row.amount, &payment.number) } else { None },
        may_cancel: false,
        refundable: None,
        provider_ref: String::new(),
        row,
    })
}

fn name(document: &document::Model) -> Option<String> {
    let details: DocumentDetails = details_of(document.id, document.details.clone())?;
    let state = DocumentState::parse(&document.state)?;
    Some(format!("{} {}", details.noun_in(state), name_of(document)))
}

fn shown(cx: &Cx, refund: &payment_refund::Model, currency: Currency) -> RefundRow {
    RefundRow {
        at: cx.settings().zone.display(Instant::from_millis(refund.created_at)),
        state: PaymentState::parse(&refund.state).unwrap_or(PaymentState::Pending),
        amount: Money::new(refund.amount, currency),
        reason: refund.reason.clone(),
        by: refund.created_by.clone(),
    }
}

/// What the payer has to confirm to their bank, if anything.
pub(super) async fn confirm(cx: &Cx, payment: &payment::Model) -> Option<Confirm> {
    let provider = provider_of(cx, payment)?;
    match provider.look(payment.provider_ref.clone()?).await {
        Ok(ChargeState::NeedsConfirmation { secret }) => Some(Confirm { form: provider.form(), secret }),
        _ => None,
    }
}

//! Which documents somebody can pay.

use std::collections::BTreeSet;

use domain::{access::Permission, documents::DocumentKind, payments::MOST_DOCUMENTS};
use entities::{document, document_origin, payment_allocation};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::open::Open;
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope_if_any};

/// Lets whoever may pay anything through.
pub(super) fn gate(cx: &Cx) -> ServiceResult<()> {
    may_pay(cx, &PAID)?.map(|_| ()).ok_or(ServiceError::NotFound)
}

/// What can be paid of the documents that are asked for, each once: those on which something is open. One statement.
///
/// # Errors
/// [`ServiceError::NotFound`] without a permission, or when one of them does not exist for this person.
pub(super) async fn payable(cx: &Cx, ids: &[Uuid]) -> ServiceResult<Vec<Open>> {
    let may_pay = may_pay(cx, &PAID)?.ok_or(ServiceError::NotFound)?;
    let wanted: BTreeSet<Uuid> = ids.iter().copied().take(MOST_DOCUMENTS).collect();
    let named = document::Column::Id.is_in(wanted.iter().copied());
    let found = read(cx.db().pool(), document::Entity::find().filter(may_pay).filter(named)).await?;
    if found.len() < wanted.len() {
        return Err(ServiceError::NotFound);
    }
    Ok(found.into_iter().filter_map(|found| found.open(cx)).collect())
}

/// The same and all invoices that can be paid, the oldest first. One statement.
///
/// # Errors
/// As [`payable`].
pub(super) async fn payable_beside(cx: &Cx, ids: &[Uuid]) -> ServiceResult<Vec<Open>> {
    use document::Column;
    let may_pay_any = may_pay(cx, &PAID)?.ok_or(ServiceError::NotFound)?;
    let wanted: BTreeSet<Uuid> = ids.iter().copied().take(MOST_DOCUMENTS).collect();
    let mut listed = Condition::any().add(Column::Id.is_in(wanted.iter().copied()));
    if let Some(may_pay) = may_pay(cx, &[DocumentKind::Invoice])? {
        let oldest = document::Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(may_pay)
            .filter(Column::Attention.eq("pay"))
            .order_by_asc(Column::DueOn)
            .order_by_asc(Column::Id)
            .limit(u64::try_from(MOST_DOCUMENTS).unwrap_or(u64::MAX))
            .into_query();
        listed = listed.add(Column::Id.in_subquery(oldest));
    }
    let all = document::Entity::find()
        .filter(may_pay_any)
        .filter(listed)
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::Id);
    let found = read(cx.db().pool(), all).await?;
    if found.iter().filter(|found| wanted.contains(&found.document.id)).count() < wanted.len() {
        return Err(ServiceError::NotFound);
    }
    Ok(found.into_iter().filter_map(|found| found.open(cx)).collect())
}

/// The kinds that are paid.
const PAID: [DocumentKind; 2] = [DocumentKind::Invoice, DocumentKind::Sale];

/// A document, and what else decides whether it can be paid.
#[derive(FromQueryResult)]
struct Found {
    #[sea_orm(nested)]
    document: document::Model,
    is_pending: bool,
    /// Its invoices are paid then.
    is_invoiced: bool,
}

impl Found {
    fn open(self, cx: &Cx) -> Option<Open> {
        Open::of(cx, self.document, self.is_pending)
            .filter(|open| open.kind != DocumentKind::Sale || !self.is_invoiced)
    }
}

async fn read(
    connection: &impl ConnectionTrait,
    documents: Select<document::Entity>,
) -> ServiceResult<Vec<Found>> {
    let pending = payment_allocation::Entity::find()
        .select_only()
        .column(payment_allocation::Column::Id)
        .filter(payment_allocation::Column::IsPending.eq(true))
        .filter(
            Expr::col((payment_allocation::Entity, payment_allocation::Column::DocumentId))
                .equals((document::Entity, document::Column::Id)),
        )
        .into_query();
    let invoice = Alias::new("invoice");
    let of_invoice = |column: document::Column| Expr::col((Alias::new("invoice"), column));
    let invoices = Query::select()
        .expr(of_invoice(document::Column::Id))
        .from(document_origin::Entity)
        .join_as(
            JoinType::InnerJoin,
            document::Entity,
            invoice,
            of_invoice(document::Column::Id)
                .equals((document_origin::Entity, document_origin::Column::DocumentId)),
        )
        .and_where(
            Expr::col((document_origin::Entity, document_origin::Column::Number))
                .equals((document::Entity, document::Column::Number)),
        )
        .and_where(document_origin::Column::Number.ne(""))
        .and_where(
            of_invoice(document::Column::EntityId).equals((document::Entity, document::Column::EntityId)),
        )
        .and_where(of_invoice(document::Column::IsVisible).eq(true))
        .to_owned();
    let found = documents
        .expr_as(Expr::exists(pending), "is_pending")
        .expr_as(Expr::exists(invoices), "is_invoiced")
        .into_model::<Found>()
        .all(connection)
        .await?;
    Ok(found)
}

/// The documents of some kinds that the person may see and pay, if any.
fn may_pay(cx: &Cx, kinds: &[DocumentKind]) -> ServiceResult<Option<Condition>> {
    let mut any = Condition::any();
    for kind in kinds {
        let permission = match kind {
            DocumentKind::Sale => Permission::SalesPay,
            _ => Permission::InvoicesPay,
        };
        if let Some(seen) = portal_scope_if_any(cx, kind.view())?
            && let Some(paid) = portal_scope_if_any(cx, permission)?
        {
            let mut both = seen.condition(*kind);
            if seen != paid {
                both = both.add(paid.condition(*kind));
            }
            any = any.add(both);
        }
    }
    Ok((!any.is_empty()).then_some(any))
}

/// What is open on documents, whoever asks. One statement.
pub(super) async fn open_of(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> ServiceResult<Vec<Open>> {
    let named = document::Entity::find().filter(document::Column::Id.is_in(ids.iter().copied()));
    let found = read(connection, named).await?;
    Ok(found.into_iter().filter_map(|found| found.open(cx)).collect())
}

/// Of documents those for which a payment is under way.
pub(super) async fn pending_of(connection: &impl ConnectionTrait, ids: &[Uuid]) -> ServiceResult<Vec<Uuid>> {
    use payment_allocation::{Column, Entity};
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let pending = Entity::find()
        .select_only()
        .column(Column::DocumentId)
        .filter(Column::IsPending.eq(true))
        .filter(Column::DocumentId.is_in(ids.iter().copied()));
    Ok(pending.into_tuple().all(connection).await?)
}

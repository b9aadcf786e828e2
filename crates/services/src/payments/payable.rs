//! Which documents can be paid, and how much is open on them.

use std::collections::BTreeSet;

use domain::{
    Currency, Money,
    access::Permission,
    documents::{DocumentDetails, DocumentKind, DocumentState},
    instant::display_date,
    payments::{MOST_DOCUMENTS, Payable},
};
use entities::{document, document_origin, payment_allocation};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::portal_scope_if_any,
    documents::{read::details_of, stored::name_of},
};

/// A document on which something is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub document: document::Model,
    pub kind: DocumentKind,
    pub entity: Uuid,
    pub currency: Currency,
    /// `Invoice INV/2026/0001`.
    pub name: String,
    /// In minor units; above zero.
    pub open: i64,
    /// The least that a payment for it alone may be.
    pub least: i64,
    /// A payment that is under way.
    pub is_pending: bool,
}

impl Open {
    fn due(&self) -> Option<Date> {
        self.document.due_on.filter(|_| self.kind == DocumentKind::Invoice)
    }

    pub(super) fn is_overdue(&self, today: Date) -> bool {
        self.due().is_some_and(|due| due < today)
    }

    /// As the page shows it.
    pub(super) fn shown(&self, today: Date, is_chosen: bool) -> Payable {
        let is_overdue = self.is_overdue(today);
        let due = self
            .due()
            .map(|due| format!("{} {}", if is_overdue { "Was due on" } else { "Due on" }, display_date(due)));
        Payable {
            id: self.document.id.into(),
            name: self.name.clone(),
            due: due.unwrap_or_default(),
            is_overdue,
            open: Money::new(self.open, self.currency),
            least: Money::new(self.least, self.currency),
            is_chosen: is_chosen && !self.is_pending,
            hindrance: self.is_pending.then(|| "A payment for it is under way.".to_owned()),
        }
    }
}

/// Lets whoever may pay anything through.
pub(super) fn gate(cx: &Cx) -> ServiceResult<()> {
    may_pay(cx, &[DocumentKind::Invoice, DocumentKind::Sale])?.map(|_| ()).ok_or(ServiceError::NotFound)
}

/// What can be paid of the documents that are asked for, each once: those on which something is open.
///
/// # Errors
/// [`ServiceError::NotFound`] without a permission, or when one of them does not exist for this person.
pub(super) async fn payable(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    ids: &[Uuid],
) -> ServiceResult<Vec<Open>> {
    let kinds = [DocumentKind::Invoice, DocumentKind::Sale];
    let may_pay = may_pay(cx, &kinds)?.ok_or(ServiceError::NotFound)?;
    let wanted: BTreeSet<Uuid> = ids.iter().copied().take(MOST_DOCUMENTS).collect();
    let found = document::Entity::find()
        .filter(may_pay)
        .filter(document::Column::Id.is_in(wanted.iter().copied()))
        .all(connection)
        .await?;
    if found.len() < wanted.len() {
        return Err(ServiceError::NotFound);
    }
    open_of(cx, connection, found).await
}

/// All invoices that can be paid, the oldest first.
pub(super) async fn payable_invoices(cx: &Cx) -> ServiceResult<Vec<Open>> {
    let Some(may_pay) = may_pay(cx, &[DocumentKind::Invoice])? else { return Ok(Vec::new()) };
    let found = document::Entity::find()
        .filter(may_pay)
        .filter(document::Column::Attention.eq("pay"))
        .order_by_asc(document::Column::DueOn)
        .order_by_asc(document::Column::Id)
        .limit(u64::try_from(MOST_DOCUMENTS).unwrap_or(u64::MAX))
        .all(cx.db().pool())
        .await?;
    open_of(cx, cx.db().pool(), found).await
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

/// What is open on documents, in the order in which they came.
pub(super) async fn open_of(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    documents: Vec<document::Model>,
) -> ServiceResult<Vec<Open>> {
    let ids: Vec<Uuid> = documents.iter().map(|document| document.id).collect();
    let pending = pending_of(connection, &ids).await?;
    let mut all = Vec::new();
    for document in documents {
        let is_pending = pending.contains(&document.id);
        if let Some(open) = Open::of(cx, document, is_pending)
            && !(open.kind == DocumentKind::Sale && is_invoiced(connection, &open.document).await?)
        {
            all.push(open);
        }
    }
    Ok(all)
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

/// Whether something is open on a document, for whoever may pay it.
pub(crate) fn is_payable(cx: &Cx, document: &document::Model) -> bool {
    Open::of(cx, document.clone(), false).is_some()
}

impl Open {
    /// What is open on a document; nothing where nothing is, or where it is not for the customer to pay.
    pub(super) fn of(cx: &Cx, document: document::Model, is_pending: bool) -> Option<Self> {
        let kind = DocumentKind::parse(&document.kind)?;
        let state = DocumentState::parse(&document.state)?;
        let details = details_of(document.id, document.details.clone())?;
        let currency = Currency::parse(document.currency.as_deref()?).ok()?;
        let total = document.total?;
        let general = &cx.settings().general;
        let (open, least) = match (kind, state) {
            (DocumentKind::Invoice, DocumentState::Posted) if details.is_due_by_customer() => {
                (document.residual?, general.least_of(total))
            }
            (DocumentKind::Sale, DocumentState::Sent | DocumentState::Confirmed) => {
                let down = general.down_payment_of(total)?;
                if state == DocumentState::Sent && is_expired(&document, &details, cx.today()) {
                    return None;
                }
                let open = total.checked_sub(document.paid_here)?;
                let least = down.saturating_sub(document.paid_here).max(general.least_of(total));
                (open, if state == DocumentState::Sent { least } else { general.least_of(total) })
            }
            _ => return None,
        };
        if open <= 0 || !document.is_visible {
            return None;
        }
        let name = format!("{} {}", details.noun_in(state), name_of(&document));
        let (entity, least) = (document.entity_id?, least.min(open).max(1));
        Some(Self { kind, entity, currency, name, open, least, is_pending, document })
    }
}

fn is_expired(document: &document::Model, details: &DocumentDetails, today: Date) -> bool {
    let last = match details {
        DocumentDetails::Sale { valid_until, .. } => valid_until.or(document.due_on),
        _ => None,
    };
    last.is_some_and(|last| last < today)
}

/// Whether an order was invoiced: its invoices are paid then.
async fn is_invoiced(connection: &impl ConnectionTrait, order: &document::Model) -> ServiceResult<bool> {
    if order.number.is_empty() {
        return Ok(false);
    }
    let invoice = document_origin::Entity::find()
        .inner_join(document::Entity)
        .filter(document_origin::Column::Number.eq(&order.number))
        .filter(document::Column::EntityId.eq(order.entity_id))
        .filter(document::Column::IsVisible.eq(true));
    Ok(invoice.one(connection).await?.is_some())
}

use domain::{
    Currency, Money,
    documents::{DocumentFilter, DocumentKind, DocumentLine, DocumentPage, Totals},
    ids::DocumentId,
};
use entities::{document, document_line};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    around::{Found, look_around},
    first_views::note_view,
    read::{bill_to_of, currency_of, details_of, to_row},
};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope};

/// A document's page, with its neighbours in the usual list. Two statements.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person: the two
/// are one answer.
pub async fn get_document(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<DocumentPage> {
    get_document_in(cx, kind, id, &DocumentFilter::default()).await
}

/// [`get_document`] with the neighbours that it has in a list.
///
/// # Permissions
/// As [`get_document`].
///
/// # Errors
/// As [`get_document`].
pub async fn get_document_in(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    list: &DocumentFilter,
) -> ServiceResult<DocumentPage> {
    let scope = portal_scope(cx, kind.view())?;
    let found = scope
        .documents(kind)
        .filter(document::Column::Id.eq(Uuid::from(id)))
        .one(cx.db().pool())
        .await?
        .ok_or(ServiceError::NotFound)?;
    note_view(cx, &found);
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let row = to_row(found.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let details = details_of(found.id, found.details.clone()).ok_or_else(unreadable)?.for_customer();
    let currency = currency_of(found.currency.as_deref());
    let Found { lines, parent, around } = look_around(cx, &scope, &found, &details, currency, list).await?;
    Ok(DocumentPage {
        bill_to: bill_to_of(found.bill_to.clone()),
        totals: totals_of(&found),
        row,
        details,
        lines,
        parent,
        around,
    })
}

pub(super) fn totals_of(document: &document::Model) -> Option<Totals> {
    let currency = currency_of(document.currency.as_deref())?;
    let money = |minor: Option<i64>| Some(Money::new(minor?, currency));
    let total = money(document.total)?;
    let zero = Money::new(0, currency);
    Some(Totals {
        untaxed: money(document.untaxed).unwrap_or(total),
        tax: money(document.tax).unwrap_or(zero),
        total,
        open: money(document.residual).unwrap_or(zero),
    })
}

pub(super) async fn lines_of(cx: &Cx, document: &document::Model) -> ServiceResult<Vec<DocumentLine>> {
    let Some(currency) = currency_of(document.currency.as_deref()) else { return Ok(Vec::new()) };
    let lines = document_line::Entity::find()
        .filter(document_line::Column::DocumentId.eq(document.id))
        .order_by_asc(document_line::Column::Position)
        .all(cx.db().pool())
        .await?;
    Ok(lines.into_iter().map(|line| to_line(line, currency)).collect())
}

pub(super) fn to_line(line: document_line::Model, currency: Currency) -> DocumentLine {
    DocumentLine {
        description: line.description,
        quantity: line.quantity,
        unit_price: Money::new(line.unit_price, currency),
        discount: line.discount,
        subtotal: Money::new(line.subtotal, currency),
    }
}

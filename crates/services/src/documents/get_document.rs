use domain::{
    Currency, Money,
    documents::{DocumentAction, DocumentKind, DocumentLine, DocumentPage, LinkedDocument, Totals},
    ids::DocumentId,
};
use entities::{acceptance, document, document_line};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    first_views::note_view,
    may::may,
    paper::{self, terms_hash},
    read::{bill_to_of, currency_of, details_of, to_row},
    signing,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal_scope, portal_scope_if_any},
};

/// A document's page.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person: the two
/// are one answer.
pub async fn get_document(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<DocumentPage> {
    let scope = portal_scope(cx, kind.view())?;
    let query = scope.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let (found, answer) = match signing::to_accept(kind) {
        // The last answer comes with the document, so that the page costs no statement more.
        Some(_) => query
            .find_also_related(acceptance::Entity)
            .order_by_desc(acceptance::Column::At)
            .limit(1)
            .one(cx.db().pool())
            .await?
            .ok_or(ServiceError::NotFound)?,
        None => (query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?, None),
    };
    note_view(cx, &found);
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let row = to_row(found.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let details = details_of(found.id, found.details.clone()).ok_or_else(unreadable)?.for_customer();
    // Kinds with lines have no parent and the other way round, so a page costs two statements.
    let (stored, parent) = match kind {
        DocumentKind::Task | DocumentKind::Timesheet => (Vec::new(), parent_of(cx, &found).await?),
        _ => (stored_lines(cx.db().pool(), &found).await?, None),
    };
    let answered = match answer {
        Some(answer) => Some(signing::answered(cx, answer, &terms_hash(&found, &details, &stored)?)),
        None => None,
    };
    let is_answered = answered.as_ref().is_some_and(|answered| !answered.is_void);
    let is_open = !is_answered && signing::is_open(cx, &row, &details);
    Ok(DocumentPage {
        bill_to: bill_to_of(found.bill_to.clone()),
        totals: totals_of(&found),
        row,
        details,
        lines: to_lines(stored, &found),
        parent,
        actions: actions(cx, kind, &found, is_open).await?,
        answered,
    })
}

async fn actions(
    cx: &Cx,
    kind: DocumentKind,
    document: &document::Model,
    is_open: bool,
) -> ServiceResult<Vec<DocumentAction>> {
    // Who came by a link that was passed on answers nothing.
    let is_open = is_open && cx.actor().as_portal().is_some_and(|actor| actor.user.is_some());
    let offers = [
        (DocumentAction::Sign, signing::to_accept(kind).filter(|_| is_open)),
        (DocumentAction::Decline, signing::to_decline(kind).filter(|_| is_open)),
        (DocumentAction::Download, paper::needed(kind)),
    ];
    let mut actions = Vec::new();
    for (action, needed) in offers {
        if let Some(needed) = needed
            && may(cx, kind, needed, document).await?
        {
            actions.push(action);
        }
    }
    Ok(actions)
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

/// The lines of a document.
pub(super) async fn lines_of(cx: &Cx, document: &document::Model) -> ServiceResult<Vec<DocumentLine>> {
    Ok(to_lines(stored_lines(cx.db().pool(), document).await?, document))
}

/// The lines as they are stored.
pub(super) async fn stored_lines(
    connection: &impl ConnectionTrait,
    document: &document::Model,
) -> ServiceResult<Vec<document_line::Model>> {
    if document.currency.is_none() {
        return Ok(Vec::new());
    }
    let lines = document_line::Entity::find()
        .filter(document_line::Column::DocumentId.eq(document.id))
        .order_by_asc(document_line::Column::Position);
    Ok(lines.all(connection).await?)
}

fn to_lines(lines: Vec<document_line::Model>, document: &document::Model) -> Vec<DocumentLine> {
    let Some(currency) = currency_of(document.currency.as_deref()) else { return Vec::new() };
    lines.into_iter().map(|line| to_line(line, currency)).collect()
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

/// The project or task above, if the reader may see that too.
async fn parent_of(cx: &Cx, document: &document::Model) -> ServiceResult<Option<LinkedDocument>> {
    let Some(parent) = document.parent_id else { return Ok(None) };
    let mut any = Condition::any();
    for kind in [DocumentKind::Project, DocumentKind::Task] {
        if let Some(scope) = portal_scope_if_any(cx, kind.view())? {
            any = any.add(scope.condition(kind));
        }
    }
    if any.is_empty() {
        return Ok(None);
    }
    let found = document::Entity::find_by_id(parent).filter(any).one(cx.db().pool()).await?;
    Ok(found.and_then(|found| {
        Some(LinkedDocument {
            id: DocumentId(found.id),
            kind: DocumentKind::parse(&found.kind)?,
            name: if found.number.is_empty() { found.title } else { found.number },
        })
    }))
}

use std::collections::HashMap;

use domain::documents::{DocumentKind, DocumentLine, DocumentPage};
use entities::{document, document_line};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    get_document::{to_line, totals_of},
    read::{bill_to_of, currency_of, details_of, to_row},
};
use crate::{Cx, ServiceResult, access::portal_scope_if_any};

/// Documents that are read at once: an export of any length needs memory for this many.
const CHUNK: u64 = 200;

/// Some documents of a kind that somebody may see, oldest first, with all that their pages show; and after which one
/// to go on. Two statements. Nothing without the permission.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// When nobody is in the portal, or the database fails.
pub(crate) async fn export_documents(
    cx: &Cx,
    kind: DocumentKind,
    after: Option<Uuid>,
) -> ServiceResult<(Vec<DocumentPage>, Option<Uuid>)> {
    let Some(scope) = portal_scope_if_any(cx, kind.view())? else { return Ok((Vec::new(), None)) };
    let mut query = scope.documents(kind);
    if let Some(after) = after {
        query = query.filter(document::Column::Id.gt(after));
    }
    let found = query.order_by_asc(document::Column::Id).limit(CHUNK).all(cx.db().pool()).await?;
    let is_last = u64::try_from(found.len()).unwrap_or(0) < CHUNK;
    let next = found.last().map(|document| document.id).filter(|_| !is_last);
    let mut lines = lines_of(cx, &found).await?;
    let today = cx.today();
    let to_page = |document: document::Model| {
        let lines = lines.remove(&document.id).unwrap_or_default();
        Some(DocumentPage {
            transfer: None,
            details: details_of(document.id, document.details.clone())?.for_customer(),
            bill_to: bill_to_of(document.bill_to.clone()),
            totals: totals_of(&document),
            row: to_row(document.into(), today)?,
            lines,
            parent: None,
            actions: Vec::new(),
            answered: None,
            around: Default::default(),
            history: Vec::new(),
            conversation: None,
        })
    };
    Ok((found.into_iter().filter_map(to_page).collect(), next))
}

async fn lines_of(cx: &Cx, documents: &[document::Model]) -> ServiceResult<HashMap<Uuid, Vec<DocumentLine>>> {
    let mut lines: HashMap<Uuid, Vec<DocumentLine>> = HashMap::new();
    let currencies: HashMap<Uuid, _> = documents
        .iter()
        .filter_map(|document| Some((document.id, currency_of(document.currency.as_deref())?)))
        .collect();
    if currencies.is_empty() {
        return Ok(lines);
    }
    let found = document_line::Entity::find()
        .filter(document_line::Column::DocumentId.is_in(currencies.keys().copied()))
        .order_by_asc(document_line::Column::Position)
        .all(cx.db().pool())
        .await?;
    for line in found {
        if let Some(currency) = currencies.get(&line.document_id) {
            lines.entry(line.document_id).or_default().push(to_line(line, *currency));
        }
    }
    Ok(lines)
}

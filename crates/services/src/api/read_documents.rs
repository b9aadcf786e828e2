use domain::{api::ApiScope, documents::DocumentKind};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{document_fields::document_fields, read_contacts::external_ids};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::machine,
    audit::iso,
    documents::{
        by_hand::{Values, stored_lines},
        stored::as_stored,
    },
};

/// One document of a kind, by its external id, with its lines. Three statements.
///
/// # Permissions
/// [`ApiScope::DocumentsRead`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none.
pub async fn get_document(cx: &Cx, kind: DocumentKind, id: &str) -> ServiceResult<Value> {
    let pass = machine(cx, ApiScope::DocumentsRead)?;
    super::external_id(id).map_err(|_none_has_it| ServiceError::NotFound)?;
    let found = pass
        .documents()
        .filter(document::Column::Kind.eq(kind.code()))
        .filter(document::Column::ExternalId.eq(id))
        .one(cx.db().pool())
        .await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let owners = external_ids(cx, &pass, found.contact_id).await?;
    let owner = found.contact_id.and_then(|id| owners.get(&id)).cloned();
    let stored = as_stored(&found)?;
    let lines = match stored.content.currency {
        Some(currency) => stored_lines(cx.db().pool(), &found, currency).await?,
        None => Vec::new(),
    };
    let counted = lines.iter().fold(0_i64, |sum, (_, subtotal)| sum.saturating_add(*subtotal));
    let values = Values::of(&stored.content, counted);
    let mut told = head(&found, owner);
    for field in document_fields(kind) {
        told.entry(field.name.clone()).or_insert_with(|| json!(values.get(&field.name)));
    }
    let lines: Vec<Value> = lines.into_iter().map(|(line, _)| json!(line)).collect();
    told.insert("lines".to_owned(), Value::Array(lines));
    Ok(Value::Object(told))
}

/// Documents of a kind in the order in which they came, after a cursor, without their lines; with the cursor of the next
/// page, if there is one. Two statements a page.
///
/// # Permissions
/// [`ApiScope::DocumentsRead`].
///
/// # Errors
/// When the key lacks the scope, or the database fails.
pub async fn list_documents(
    cx: &Cx,
    kind: DocumentKind,
    after: Option<Uuid>,
    limit: u64,
) -> ServiceResult<Value> {
    let pass = machine(cx, ApiScope::DocumentsRead)?;
    let mut query = pass.documents().filter(document::Column::Kind.eq(kind.code()));
    if let Some(after) = after {
        query = query.filter(document::Column::Id.gt(after));
    }
    let mut found = query.order_by_asc(document::Column::Id).limit(limit + 1).all(cx.db().pool()).await?;
    let next = cut(&mut found, limit, |document| document.id);
    let owners = external_ids(cx, &pass, found.iter().filter_map(|document| document.contact_id)).await?;
    let items: Vec<Value> = found
        .iter()
        .map(|row| Value::Object(head(row, row.contact_id.and_then(|id| owners.get(&id)).cloned())))
        .collect();
    Ok(json!({ "items": items, "next": next }))
}

/// Cuts the row off that tells that there is another page; answers that page's cursor.
pub(super) fn cut<T>(found: &mut Vec<T>, limit: u64, id: impl Fn(&T) -> Uuid) -> Option<Uuid> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    if found.len() <= most {
        return None;
    }
    found.truncate(most);
    found.last().map(id)
}

fn head(row: &document::Model, owner: Option<String>) -> Map<String, Value> {
    let told = json!({
        "id": row.id,
        "external_id": row.external_id,
        "kind": row.kind,
        "contact": owner,
        "number": row.number,
        "title": row.title,
        "state": row.state,
        "dated_on": row.dated_on.map(domain::date::to_iso),
        "due_on": row.due_on.map(domain::date::to_iso),
        "currency": row.currency,
        "untaxed_minor": row.untaxed,
        "tax_minor": row.tax,
        "total_minor": row.total,
        "open_minor": row.residual,
        "published": row.published_at.is_some(),
        "version": row.version,
        "updated_at": iso(row.updated_at),
    });
    match told {
        Value::Object(told) => told,
        _ => Map::new(),
    }
}

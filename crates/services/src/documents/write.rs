//! The one place that inserts and changes documents.
//!
//! What customers see of a document, what wants their attention and how many documents they have follow from
//! it here, in the same transaction, so that no caller can forget one of them.

use std::collections::HashMap;

use domain::{
    Currency, Instant,
    documents::{DocumentDetails, DocumentKind, DocumentState, Party},
};
use entities::document;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, sea_query::OnConflict};
use serde::Serialize;
use time::Date;
use uuid::Uuid;

use super::{
    counters::Counters,
    lines::{self, NewLine},
    origins, search_text,
};
use crate::{Cx, ServiceError, ServiceResult, ids};

/// Rows a statement: SQLite binds at most 32,766 values, and a document has 29.
const ROWS: usize = 500;

/// What a document says, whoever it is for. Amounts are in minor units of the currency.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Content {
    pub kind: DocumentKind,
    pub number: String,
    pub title: String,
    pub state: DocumentState,
    pub dated_on: Option<Date>,
    pub due_on: Option<Date>,
    pub currency: Option<Currency>,
    pub untaxed: Option<i64>,
    pub tax: Option<i64>,
    pub total: Option<i64>,
    pub residual: Option<i64>,
    pub details: DocumentDetails,
}

/// Whom a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    /// The contact.
    pub contact: Uuid,
    /// The commercial entity that it is issued to.
    pub entity: Uuid,
}

/// A document as it is to be, less what follows from it.
#[derive(Clone, Debug)]
pub(crate) struct NewDocument {
    /// What it says.
    pub content: Content,
    /// Whom it is for; one for nobody is seen by staff only.
    pub owner: Option<Owner>,
    /// A task's project, a timesheet's task or project.
    pub parent: Option<Uuid>,
    /// The day that lists sort by.
    pub sorted_on: Date,
    /// Since when it is published, if it is.
    pub published_at: Option<Instant>,
    /// Name and address as issued.
    pub bill_to: Party,
    /// Key in the system that it was imported from.
    pub external_id: Option<String>,
    /// What the import saw.
    pub fingerprint: Option<String>,
    /// What was paid on it by payments of ours; `None` leaves it.
    pub paid_here: Option<i64>,
    /// Its lines; `None` leaves those that it has.
    pub lines: Option<Vec<NewLine>>,
}

/// Adds documents; answers their keys in the same order.
pub(crate) async fn insert_documents(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    documents: Vec<NewDocument>,
) -> ServiceResult<Vec<Uuid>> {
    let now = cx.now();
    insert_as(cx, connection, documents.into_iter().map(|document| (ids::mint(now), document)).collect())
        .await
}

/// Adds documents under keys that are known before: the same form that is sent twice adds one.
pub(crate) async fn insert_as(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    documents: Vec<(Uuid, NewDocument)>,
) -> ServiceResult<Vec<Uuid>> {
    let now = cx.now();
    let mut counters = Counters::default();
    let mut rows = Vec::with_capacity(documents.len());
    let mut all_lines = Vec::new();
    for (id, document) in documents {
        all_lines.push((id, document.lines.clone().unwrap_or_default()));
        let row = document.into_row(id, 1, now, now, 0)?;
        counters.enter(&row);
        rows.push(row);
    }
    for some in rows.chunks(ROWS) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        document::Entity::insert_many(some).exec_without_returning(connection).await?;
    }
    search_text::insert(connection, &rows, &all_lines).await?;
    origins::write(connection, &rows, true).await?;
    let keys = rows.into_iter().map(|row| row.id).collect();
    lines::insert(cx, connection, all_lines).await?;
    counters.apply(connection).await?;
    Ok(keys)
}

/// Changes documents that were read, and locked, in the same transaction.
pub(crate) async fn update_documents(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    changes: Vec<(document::Model, NewDocument)>,
) -> ServiceResult<()> {
    let now = cx.now();
    let mut counters = Counters::default();
    let mut rows = Vec::with_capacity(changes.len());
    let mut new_lines = HashMap::new();
    for (before, after) in changes {
        if let Some(lines) = &after.lines {
            new_lines.insert(before.id, lines.clone());
        }
        let created_at = Instant::from_millis(before.created_at);
        let row = after.into_row(before.id, before.version + 1, created_at, now, before.paid_here)?;
        counters.leave(&before);
        counters.enter(&row);
        rows.push(row);
    }
    for some in rows.chunks(ROWS) {
        let some = some.iter().cloned().map(IntoActiveModel::into_active_model);
        // The rows are there: this is one statement for many updates.
        let over = OnConflict::column(document::Column::Id)
            .update_columns(document::Column::iter().filter(|column| !is_kept(column)))
            .to_owned();
        document::Entity::insert_many(some).on_conflict(over).exec_without_returning(connection).await?;
    }
    lines::replace_where_changed(cx, connection, new_lines).await?;
    search_text::update(connection, &rows).await?;
    origins::write(connection, &rows, false).await?;
    counters.apply(connection).await
}

/// Columns that a change of the document leaves as they are.
fn is_kept(column: &document::Column) -> bool {
    use document::Column::{FirstViewedAt, FirstViewedBy, Id};
    matches!(column, Id | FirstViewedAt | FirstViewedBy)
}

impl NewDocument {
    /// Whether customers see it.
    fn is_visible(&self) -> bool {
        self.published_at.is_some() && self.owner.is_some() && !self.content.state.is_hidden_from_customers()
    }

    /// What the customer should do with it: `review` or `pay`.
    fn attention(&self, today: Date) -> Option<&'static str> {
        let content = &self.content;
        match (&content.details, content.state) {
            _ if !self.is_visible() => None,
            (DocumentDetails::Sale { valid_until, .. }, DocumentState::Sent) => {
                valid_until.is_none_or(|last| last >= today).then_some("review")
            }
            (details, DocumentState::Posted) if details.is_due_by_customer() => {
                content.residual.is_some_and(|open| open > 0).then_some("pay")
            }
            _ => None,
        }
    }

    /// What is open on an invoice is at most its total less what was paid here: books that do not know of a payment yet
    /// must not have it paid again.
    fn cap_residual(&mut self, paid_here: i64) {
        let content = &mut self.content;
        if paid_here > 0
            && content.details.is_due_by_customer()
            && let (Some(total), Some(residual)) = (content.total, content.residual)
        {
            content.residual = Some(residual.min(total.saturating_sub(paid_here).max(0)));
        }
    }

    fn into_row(
        mut self,
        id: Uuid,
        version: i64,
        created: Instant,
        now: Instant,
        paid_before: i64,
    ) -> ServiceResult<document::Model> {
        let paid_here = self.paid_here.unwrap_or(paid_before);
        self.cap_residual(paid_here);
        let is_visible = self.is_visible();
        let attention = self.attention(now.to_utc().date()).map(ToOwned::to_owned);
        let content = self.content;
        Ok(document::Model {
            id,
            kind: content.kind.code().to_owned(),
            number: content.number,
            title: content.title,
            state: content.state.code().to_owned(),
            contact_id: self.owner.map(|owner| owner.contact),
            entity_id: self.owner.map(|owner| owner.entity),
            parent_id: self.parent,
            dated_on: content.dated_on,
            due_on: content.due_on,
            sorted_on: self.sorted_on,
            currency: content.currency.map(String::from),
            untaxed: content.untaxed,
            tax: content.tax,
            total: content.total,
            residual: content.residual,
            paid_here,
            attention,
            published_at: self.published_at.map(Instant::millis),
            is_visible,
            details: serde_json::to_value(content.details).map_err(ServiceError::internal)?,
            bill_to: serde_json::to_value(self.bill_to).map_err(ServiceError::internal)?,
            external_id: self.external_id,
            fingerprint: self.fingerprint,
            first_viewed_at: None,
            first_viewed_by: None,
            version,
            created_at: created.millis(),
            updated_at: now.millis(),
        })
    }
}

//! From rows to what lists and pages show.

use domain::{
    Currency, Money,
    documents::{DocumentDetails, DocumentKind, DocumentRow, DocumentState, Party},
    ids::DocumentId,
};
use entities::document;
use sea_orm::DerivePartialModel;
use serde_json::Value as Json;
use time::Date;
use uuid::Uuid;

/// What a list needs of a document: half of its columns.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "document::Entity")]
pub(crate) struct Listed {
    id: Uuid,
    kind: String,
    number: String,
    title: String,
    state: String,
    dated_on: Option<Date>,
    due_on: Option<Date>,
    currency: Option<String>,
    total: Option<i64>,
    residual: Option<i64>,
    pub(super) attention: Option<String>,
    pub(super) is_visible: bool,
    details: Json,
    bill_to: Json,
}

impl From<document::Model> for Listed {
    fn from(document: document::Model) -> Self {
        Self {
            id: document.id,
            kind: document.kind,
            number: document.number,
            title: document.title,
            state: document.state,
            dated_on: document.dated_on,
            due_on: document.due_on,
            currency: document.currency,
            total: document.total,
            residual: document.residual,
            attention: document.attention,
            is_visible: document.is_visible,
            details: document.details,
            bill_to: document.bill_to,
        }
    }
}

/// A document as a list shows it; `None` for a row that no release of Portico wrote.
pub(crate) fn to_row(document: Listed, today: Date) -> Option<DocumentRow> {
    let details = details_of(document.id, document.details)?;
    let currency = currency_of(document.currency.as_deref());
    let money = |minor: Option<i64>| Some(Money::new(minor?, currency?));
    let open = money(document.residual).filter(|_| details.is_due_by_customer());
    let minutes = match &details {
        DocumentDetails::Timesheet { minutes, .. } => Some(*minutes),
        DocumentDetails::Task { spent_minutes, .. } => Some(*spent_minutes),
        _ => None,
    };
    let contact = Some(bill_to_of(document.bill_to).name).filter(|name| !name.is_empty());
    let state = DocumentState::parse(&document.state)?;
    Some(DocumentRow {
        id: DocumentId(document.id),
        kind: DocumentKind::parse(&document.kind)?,
        noun: details.noun_in(state).to_owned(),
        is_credit: details.is_credit(),
        total: money(document.total),
        number: document.number,
        title: document.title,
        state,
        contact,
        dated: document.dated_on,
        due: document.due_on,
        open,
        minutes,
        is_overdue: document.attention.as_deref() == Some("pay")
            && document.due_on.is_some_and(|due| due < today),
    })
}

/// What only the document's kind has.
pub(crate) fn details_of(document: Uuid, details: Json) -> Option<DocumentDetails> {
    match serde_json::from_value(details) {
        Ok(details) => Some(details),
        Err(error) => {
            tracing::error!(%document, %error, "unreadable details");
            None
        }
    }
}

/// For whom it was made out.
pub(super) fn bill_to_of(bill_to: Json) -> Party {
    serde_json::from_value(bill_to).unwrap_or_default()
}

/// Its currency, for kinds with money.
pub(crate) fn currency_of(code: Option<&str>) -> Option<Currency> {
    Currency::parse(code?).ok()
}

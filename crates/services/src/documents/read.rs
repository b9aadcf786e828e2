//! From rows to what lists and pages show.

use domain::{
    Currency, Money,
    documents::{DocumentDetails, DocumentKind, DocumentRow, DocumentState, Party},
    ids::DocumentId,
};
use entities::document;
use time::Date;

/// A document as a list shows it; `None` for a row that no release of Portico wrote.
pub(super) fn to_row(document: &document::Model, today: Date) -> Option<DocumentRow> {
    let details = details_of(document)?;
    let money = |minor: Option<i64>| Some(Money::new(minor?, currency_of(document)?));
    let open = money(document.residual).filter(|_| details.is_due_by_customer());
    let minutes = match &details {
        DocumentDetails::Timesheet { minutes, .. } => Some(*minutes),
        DocumentDetails::Task { spent_minutes, .. } => Some(*spent_minutes),
        _ => None,
    };
    let contact = Some(bill_to_of(document).name).filter(|name| !name.is_empty());
    let state = DocumentState::parse(&document.state)?;
    Some(DocumentRow {
        id: DocumentId(document.id),
        kind: DocumentKind::parse(&document.kind)?,
        noun: details.noun_in(state).to_owned(),
        is_credit: details.is_credit(),
        number: document.number.clone(),
        title: document.title.clone(),
        state,
        contact,
        dated: document.dated_on,
        due: document.due_on,
        total: money(document.total),
        open,
        minutes,
        is_overdue: document.attention.as_deref() == Some("pay")
            && document.due_on.is_some_and(|due| due < today),
    })
}

/// What only the document's kind has.
pub(super) fn details_of(document: &document::Model) -> Option<DocumentDetails> {
    match serde_json::from_value(document.details.clone()) {
        Ok(details) => Some(details),
        Err(error) => {
            tracing::error!(document = %document.id, %error, "unreadable details");
            None
        }
    }
}

/// For whom it was made out.
pub(super) fn bill_to_of(document: &document::Model) -> Party {
    serde_json::from_value(document.bill_to.clone()).unwrap_or_default()
}

/// Its currency, for kinds with money.
pub(super) fn currency_of(document: &document::Model) -> Option<Currency> {
    Currency::parse(document.currency.as_deref()?).ok()
}

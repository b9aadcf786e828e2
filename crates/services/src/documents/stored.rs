//! From a stored document back to what [`write`](super::write) takes, so that one thing about it can be changed.

use domain::{
    Instant,
    documents::{DocumentKind, DocumentState},
};
use entities::document;

use super::{
    read::{bill_to_of, currency_of, details_of},
    write::{Content, NewDocument, Owner},
};
use crate::{ServiceError, ServiceResult};

/// A document as it is, its lines left as they are.
///
/// # Errors
/// When no release of Portico wrote the row.
pub(crate) fn as_stored(row: &document::Model) -> ServiceResult<NewDocument> {
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {} cannot be read", row.id));
    let content = Content {
        kind: DocumentKind::parse(&row.kind).ok_or_else(unreadable)?,
        number: row.number.clone(),
        title: row.title.clone(),
        state: DocumentState::parse(&row.state).ok_or_else(unreadable)?,
        dated_on: row.dated_on,
        due_on: row.due_on,
        currency: currency_of(row.currency.as_deref()),
        untaxed: row.untaxed,
        tax: row.tax,
        total: row.total,
        residual: row.residual,
        details: details_of(row.id, row.details.clone()).ok_or_else(unreadable)?,
    };
    Ok(NewDocument {
        content,
        owner: row.contact_id.zip(row.entity_id).map(|(contact, entity)| Owner { contact, entity }),
        parent: row.parent_id,
        sorted_on: row.sorted_on,
        published_at: row.published_at.map(Instant::from_millis),
        bill_to: bill_to_of(row.bill_to.clone()),
        external_id: row.external_id.clone(),
        fingerprint: row.fingerprint.clone(),
        paid_here: None,
        lines: None,
    })
}

/// What people call a stored document: its number, or else its title.
pub(crate) fn name_of(row: &document::Model) -> &str {
    let (number, title) = (row.number.trim(), row.title.trim());
    if number.is_empty() { title } else { number }
}

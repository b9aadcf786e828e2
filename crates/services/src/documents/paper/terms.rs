//! What a document says, apart from where it stands: what somebody agrees to.

use domain::documents::{DocumentDetails, DocumentLine};
use entities::document;
use serde::Serialize;
use serde_json::Value as Json;
use time::Date;

use crate::{ServiceError, ServiceResult, secret};

#[derive(Serialize)]
struct Terms<'a> {
    kind: &'a str,
    number: &'a str,
    title: &'a str,
    dated_on: Option<Date>,
    due_on: Option<Date>,
    currency: Option<&'a str>,
    amounts: [Option<i64>; 3],
    details: DocumentDetails,
    bill_to: &'a Json,
    lines: Vec<(&'a str, i64, i64, i64, i64)>,
}

/// A hash of what a document says. State, payments and what is open do not change it; anything printed on it does.
pub(in crate::documents) fn terms_hash(
    document: &document::Model,
    details: &DocumentDetails,
    lines: &[DocumentLine],
) -> ServiceResult<String> {
    let mut details = details.clone();
    if let DocumentDetails::Invoice { payment_state, .. } = &mut details {
        payment_state.clear();
    }
    let terms = Terms {
        kind: &document.kind,
        number: &document.number,
        title: &document.title,
        dated_on: document.dated_on,
        due_on: document.due_on,
        currency: document.currency.as_deref(),
        amounts: [document.untaxed, document.tax, document.total],
        details,
        bill_to: &document.bill_to,
        lines: lines
            .iter()
            .map(|line| {
                (
                    line.description.as_str(),
                    line.quantity,
                    line.unit_price.minor,
                    line.discount,
                    line.subtotal.minor,
                )
            })
            .collect(),
    };
    Ok(secret::hash(&serde_json::to_string(&terms).map_err(ServiceError::internal)?))
}

//! What documents are found by: written with them, in the same transaction.

use std::collections::HashMap;

use domain::documents::DocumentDetails;
use entities::{document, document_search as row};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};
use uuid::Uuid;

use super::{
    lines::{self, NewLine},
    read::{bill_to_of, details_of},
};
use crate::ServiceResult;

/// Rows a statement: SQLite binds at most 32,766 values, and a text has 2.
const ROWS: usize = 2_000;
/// The most letters of a document that are searched.
const LONGEST: usize = 20_000;

/// Keeps what new documents are found by.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    documents: &[document::Model],
    lines: &[(Uuid, Vec<NewLine>)],
) -> ServiceResult<()> {
    let lines: HashMap<Uuid, &[NewLine]> = lines.iter().map(|(id, lines)| (*id, lines.as_slice())).collect();
    let texts = documents.iter().map(|document| {
        let lines = lines.get(&document.id).copied().unwrap_or_default();
        (document.id, of(document, lines.iter().map(|line| line.description.as_str())))
    });
    write(connection, texts.collect()).await
}

/// Keeps what changed documents are found by; their lines are written already.
pub(super) async fn update(
    connection: &impl ConnectionTrait,
    documents: &[document::Model],
) -> ServiceResult<()> {
    let ids: Vec<Uuid> = documents.iter().map(|document| document.id).collect();
    let lines = lines::descriptions(connection, &ids).await?;
    let texts = documents.iter().map(|document| {
        let lines = lines.get(&document.id).map(Vec::as_slice).unwrap_or_default();
        (document.id, of(document, lines.iter().map(String::as_str)))
    });
    write(connection, texts.collect()).await
}

async fn write(connection: &impl ConnectionTrait, texts: Vec<(Uuid, String)>) -> ServiceResult<()> {
    for some in texts.chunks(ROWS) {
        let rows = some.iter().map(|(document, text)| row::ActiveModel {
            document_id: Set(*document),
            text: Set(text.clone()),
            ..Default::default()
        });
        let onto = OnConflict::column(row::Column::DocumentId).update_column(row::Column::Text).to_owned();
        row::Entity::insert_many(rows).on_conflict(onto).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// Everything that a customer sees of a document and may search for, a line each, in lower case.
fn of<'a>(document: &document::Model, lines: impl Iterator<Item = &'a str>) -> String {
    let details = details_of(document.id, document.details.clone()).map(DocumentDetails::for_customer);
    let party = bill_to_of(document.bill_to.clone()).name;
    let bare: String = document.number.chars().filter(char::is_ascii_alphanumeric).collect();
    let has_bare = bare != document.number;
    let mut all = fold(&document.number);
    let parts = [has_bare.then_some(bare), Some(document.title.clone()), Some(party)];
    let details = details.map(texts).unwrap_or_default();
    let lines = lines.map(ToOwned::to_owned);
    for part in parts.into_iter().flatten().chain(details).chain(lines).filter(|part| !part.is_empty()) {
        all.push('\n');
        all.push_str(&fold(&part));
    }
    all.chars().take(LONGEST).collect()
}

/// A text as it is compared.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// The texts of one kind that customers see.
fn texts(details: DocumentDetails) -> Vec<String> {
    match details {
        DocumentDetails::Lead { stage, contact_name, email, .. } => vec![stage, contact_name, email],
        DocumentDetails::Sale { salesperson, customer_reference, note, .. } => {
            vec![customer_reference, salesperson, note]
        }
        DocumentDetails::Purchase { .. } => Vec::new(),
        DocumentDetails::Invoice { reference, origin, .. } => vec![reference, origin],
        DocumentDetails::Project { manager, description, .. } => vec![manager, description],
        DocumentDetails::Task { stage, assignees, description, .. } => vec![stage, assignees, description],
        DocumentDetails::Timesheet { employee, .. } => vec![employee],
        DocumentDetails::Ticket { description, .. } | DocumentDetails::Signature { description } => {
            vec![description]
        }
        DocumentDetails::Subscription { recurrence, .. } => vec![recurrence],
    }
}

/// The words of a search, as they are compared; of a long text the first ones.
pub(super) fn words(search: &str) -> Vec<String> {
    const MOST: usize = 8;
    fold(search).split_whitespace().take(MOST).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use domain::documents::{DocumentKind, StaffOnly};

    use super::*;

    fn document(number: &str, details: DocumentDetails) -> document::Model {
        document::Model {
            id: Uuid::nil(),
            kind: DocumentKind::Lead.code().to_owned(),
            number: number.to_owned(),
            title: "Größere Küche".to_owned(),
            state: "open".to_owned(),
            contact_id: None,
            entity_id: None,
            parent_id: None,
            dated_on: None,
            due_on: None,
            sorted_on: time::macros::date!(2026 - 11 - 22),
            currency: None,
            untaxed: None,
            tax: None,
            total: None,
            residual: None,
            paid_here: 0,
            attention: None,
            published_at: None,
            is_visible: true,
            details: serde_json::to_value(details).expect("JSON"),
            bill_to: serde_json::json!({ "name": "Acme" }),
            external_id: None,
            fingerprint: None,
            first_viewed_at: None,
            first_viewed_by: None,
            version: 1,
            created_at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn what_only_staff_may_see_is_not_searched() {
        let lead = DocumentDetails::Lead {
            is_opportunity: false,
            stage: "New".into(),
            contact_name: "Ann".into(),
            email: String::new(),
            salesperson: StaffOnly(Some("Marc".into())),
            expected_revenue: StaffOnly(Some(42_000)),
            probability: StaffOnly(None),
        };
        let text = of(&document("", lead), ["Large Desk"].into_iter());
        assert_eq!(text, "\ngrößere küche\nacme\nnew\nann\nlarge desk");
    }

    #[test]
    fn numbers_are_found_without_their_signs() {
        let order = DocumentDetails::Purchase { planned_on: None };
        assert!(
            of(&document("INV/2026/00001", order.clone()), std::iter::empty()).contains("\ninv202600001\n")
        );
        assert_eq!(of(&document("S00023", order), std::iter::empty()).matches("s00023").count(), 1);
    }

    #[test]
    fn words_are_compared_in_lower_case() {
        assert_eq!(words("  Küche\tS00023 "), ["küche", "s00023"]);
        assert!(words(" ").is_empty());
    }
}

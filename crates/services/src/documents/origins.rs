//! Which documents a document came from, such as an invoice from its order: by number, as the books say it.

use domain::documents::DocumentDetails;
use entities::{document, document_origin as row};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::read::details_of;
use crate::ServiceResult;

/// Rows a statement: SQLite binds at most 32,766 values, and an origin has 2.
const ROWS: usize = 2_000;

/// Keeps what documents came from, in the transaction that writes them.
pub(super) async fn write(
    connection: &impl ConnectionTrait,
    documents: &[document::Model],
    are_new: bool,
) -> ServiceResult<()> {
    let mut origins = Vec::new();
    for some in documents.chunks(ROWS) {
        if !are_new {
            row::Entity::delete_many()
                .filter(row::Column::DocumentId.is_in(some.iter().map(|document| document.id)))
                .exec(connection)
                .await?;
        }
        for document in some {
            let details = details_of(document.id, document.details.clone());
            let numbers = details.as_ref().map(numbers).unwrap_or_default();
            origins.extend(numbers.into_iter().map(|number| (number, document.id)));
        }
    }
    for some in origins.chunks(ROWS) {
        let rows = some.iter().map(|(number, document): &(String, Uuid)| row::ActiveModel {
            number: Set(number.clone()),
            document_id: Set(*document),
        });
        row::Entity::insert_many(rows).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// The numbers that a document names as its origin; several stand in one line.
pub(super) fn numbers(details: &DocumentDetails) -> Vec<String> {
    let DocumentDetails::Invoice { origin, .. } = details else { return Vec::new() };
    let numbers = origin.split([',', ';']).map(str::trim).filter(|number| !number.is_empty());
    let mut numbers: Vec<String> = numbers.map(ToOwned::to_owned).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

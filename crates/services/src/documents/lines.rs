//! Documents' lines: written with their document, and never on their own.

use std::collections::HashMap;

use entities::document_line as row;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;
use uuid::Uuid;

use crate::{Cx, ServiceResult, ids};

/// One line of a document. Quantity in thousandths, discount in hundredths of a percent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct NewLine {
    pub description: String,
    pub quantity: i64,
    pub unit_price: i64,
    pub discount: i64,
    pub subtotal: i64,
}

/// Rows a statement: SQLite binds at most 32,766 values, and a line has 8.
const ROWS: usize = 2_000;
/// Documents whose lines are read or removed by one statement.
const DOCUMENTS: usize = 1_000;

/// Adds the lines of documents that have none.
pub(super) async fn insert(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    lines: impl IntoIterator<Item = (Uuid, Vec<NewLine>)>,
) -> ServiceResult<()> {
    let now = cx.now();
    let mut rows = lines
        .into_iter()
        .flat_map(|(document, lines)| {
            (1_i32..).zip(lines).map(move |(position, line)| (document, position, line))
        })
        .map(|(document, position, line)| row::ActiveModel {
            id: Set(ids::mint(now)),
            document_id: Set(document),
            position: Set(position),
            description: Set(line.description),
            quantity: Set(line.quantity),
            unit_price: Set(line.unit_price),
            discount: Set(line.discount),
            subtotal: Set(line.subtotal),
        })
        .peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(ROWS).collect();
        row::Entity::insert_many(chunk).exec_without_returning(connection).await?;
    }
    Ok(())
}

/// Gives documents new lines where they differ from those they have.
pub(super) async fn replace_where_changed(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    mut lines: HashMap<Uuid, Vec<NewLine>>,
) -> ServiceResult<()> {
    let documents: Vec<Uuid> = lines.keys().copied().collect();
    for some in documents.chunks(DOCUMENTS) {
        let mut before: HashMap<Uuid, Vec<NewLine>> = HashMap::new();
        let found = row::Entity::find()
            .filter(row::Column::DocumentId.is_in(some.iter().copied()))
            .order_by_asc(row::Column::Position)
            .all(connection)
            .await?;
        for line in found {
            before.entry(line.document_id).or_default().push(to_line(line));
        }
        for document in some {
            let is_same = before.get(document).map_or(&[][..], Vec::as_slice)
                == lines.get(document).map_or(&[][..], Vec::as_slice);
            if is_same {
                lines.remove(document);
            }
        }
    }
    let differing: Vec<Uuid> = lines.keys().copied().collect();
    for some in differing.chunks(DOCUMENTS) {
        row::Entity::delete_many()
            .filter(row::Column::DocumentId.is_in(some.iter().copied()))
            .exec(connection)
            .await?;
    }
    insert(cx, connection, lines).await
}

/// What documents' lines say, in their order.
pub(super) async fn descriptions(
    connection: &impl ConnectionTrait,
    documents: &[Uuid],
) -> ServiceResult<HashMap<Uuid, Vec<String>>> {
    let mut all: HashMap<Uuid, Vec<String>> = HashMap::new();
    for some in documents.chunks(DOCUMENTS) {
        let found = row::Entity::find()
            .filter(row::Column::DocumentId.is_in(some.iter().copied()))
            .order_by_asc(row::Column::Position)
            .all(connection)
            .await?;
        for line in found {
            all.entry(line.document_id).or_default().push(line.description);
        }
    }
    Ok(all)
}

fn to_line(line: row::Model) -> NewLine {
    NewLine {
        description: line.description,
        quantity: line.quantity,
        unit_price: line.unit_price,
        discount: line.discount,
        subtotal: line.subtotal,
    }
}

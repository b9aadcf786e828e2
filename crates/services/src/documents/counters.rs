//! How many documents customers can see, so that no page ever counts them.

use std::collections::BTreeMap;

use entities::{document, document_counter};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult};

/// Rows a statement: SQLite binds at most 32,766 values, and a counter has 4.
const ROWS: usize = 2_000;

/// Commercial entity, contact and kind.
type Key = (Uuid, Uuid, String);

/// What a transaction changes about the counters. In the order of the keys, so that two transactions which
/// change the same ones wait for each other and never both.
#[derive(Debug, Default)]
pub(crate) struct Counters(BTreeMap<Key, i64>);

impl Counters {
    /// A document is no longer what it was.
    pub(crate) fn leave(&mut self, before: &document::Model) {
        self.add(before, -1);
    }

    /// A document is what it is now.
    pub(crate) fn enter(&mut self, after: &document::Model) {
        self.add(after, 1);
    }

    fn add(&mut self, document: &document::Model, change: i64) {
        if let (true, Some(entity), Some(contact)) =
            (document.is_visible, document.entity_id, document.contact_id)
        {
            *self.0.entry((entity, contact, document.kind.clone())).or_default() += change;
        }
    }

    /// Writes the changes in the transaction of the documents.
    pub(crate) async fn apply(self, connection: &impl ConnectionTrait) -> ServiceResult<()> {
        let mut rows = self
            .0
            .into_iter()
            .filter(|(_, change)| *change != 0)
            .map(|((entity, contact, kind), change)| document_counter::ActiveModel {
                entity_id: Set(entity),
                contact_id: Set(contact),
                kind: Set(kind),
                visible: Set(change),
            })
            .peekable();
        while rows.peek().is_some() {
            let chunk: Vec<_> = rows.by_ref().take(ROWS).collect();
            let sum = Expr::col((document_counter::Entity, document_counter::Column::Visible))
                .add(Expr::col(("excluded", document_counter::Column::Visible)));
            let key = [
                document_counter::Column::EntityId,
                document_counter::Column::ContactId,
                document_counter::Column::Kind,
            ];
            let onto = OnConflict::columns(key).value(document_counter::Column::Visible, sum).to_owned();
            document_counter::Entity::insert_many(chunk)
                .on_conflict(onto)
                .exec_without_returning(connection)
                .await?;
        }
        Ok(())
    }
}

/// A counter that does not say how many documents there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongCounter {
    /// The commercial entity.
    pub entity: Uuid,
    /// The contact.
    pub contact: Uuid,
    /// The kind.
    pub kind: String,
    /// What it says.
    pub stored: i64,
    /// How many documents there are.
    pub counted: i64,
}

/// Counts all visible documents and compares: for `portico doctor` and for tests.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// When the database fails.
pub async fn check_counters(cx: &Cx) -> ServiceResult<Vec<WrongCounter>> {
    if !cx.actor().is_system() {
        return Err(ServiceError::NotFound);
    }
    let mut stored: BTreeMap<Key, i64> = document_counter::Entity::find()
        .all(cx.db().pool())
        .await?
        .into_iter()
        .map(|row| ((row.entity_id, row.contact_id, row.kind), row.visible))
        .collect();
    let mut wrong = Vec::new();
    let mut check = |(entity, contact, kind): Key, stored: i64, counted: i64| {
        if stored != counted {
            wrong.push(WrongCounter { entity, contact, kind, stored, counted });
        }
    };
    for (key, counted) in recount(cx.db().pool()).await? {
        let stored = stored.remove(&key).unwrap_or(0);
        check(key, stored, counted);
    }
    for (key, stored) in stored {
        check(key, stored, 0);
    }
    Ok(wrong)
}

async fn recount(connection: &impl ConnectionTrait) -> ServiceResult<Vec<(Key, i64)>> {
    let counts: Vec<(Option<Uuid>, Option<Uuid>, String, i64)> = document::Entity::find()
        .select_only()
        .columns([document::Column::EntityId, document::Column::ContactId, document::Column::Kind])
        .column_as(document::Column::Id.count(), "counted")
        .filter(document::Column::IsVisible.eq(true))
        .group_by(document::Column::EntityId)
        .group_by(document::Column::ContactId)
        .group_by(document::Column::Kind)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(counts
        .into_iter()
        .filter_map(|(entity, contact, kind, counted)| Some(((entity?, contact?, kind), counted)))
        .collect())
}

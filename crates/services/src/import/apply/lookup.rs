//! Finding rows by what an export calls them, many at a time.

use std::collections::HashMap;

use domain::{contacts::ContactKind, documents::DocumentKind};
use entities::{contact, document};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType,
};
use uuid::Uuid;

use crate::{ServiceResult, Transaction, contacts::commercial_entity::Link, documents::write::Owner};

/// Keys a statement.
const KEYS: usize = 1_000;

/// A contact that is here already.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct StoredContact {
    pub id: Uuid,
    external_id: String,
    kind: String,
    parent_id: Option<Uuid>,
    pub fingerprint: Option<String>,
}

/// A document that is here already.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct StoredDocument {
    pub id: Uuid,
    external_id: String,
    contact_id: Option<Uuid>,
    entity_id: Option<Uuid>,
    pub fingerprint: Option<String>,
}

/// A contact's place in the tree.
#[derive(Debug, FromQueryResult)]
struct StoredLink {
    id: Uuid,
    kind: String,
    parent_id: Option<Uuid>,
}

impl StoredContact {
    /// Its place in the tree.
    pub(super) fn link(&self) -> Link {
        link(&self.kind, self.parent_id)
    }
}

impl StoredDocument {
    /// Whom it was issued to.
    pub(super) fn owner(&self) -> Option<Owner> {
        self.contact_id.zip(self.entity_id).map(|(contact, entity)| Owner { contact, entity })
    }
}

fn link(kind: &str, parent: Option<Uuid>) -> Link {
    Link { kind: ContactKind::parse(kind).unwrap_or(ContactKind::Person), parent }
}

/// Contacts by their external ids.
pub(super) async fn contacts(
    transaction: &Transaction,
    external_ids: &[&str],
) -> ServiceResult<HashMap<String, StoredContact>> {
    use contact::Column;
    let mut all = HashMap::new();
    for some in external_ids.chunks(KEYS) {
        let found: Vec<StoredContact> = contact::Entity::find()
            .select_only()
            .columns([Column::Id, Column::ExternalId, Column::Kind, Column::ParentId, Column::Fingerprint])
            .filter(Column::ExternalId.is_in(some.iter().copied()))
            .into_model()
            .all(transaction)
            .await?;
        all.extend(found.into_iter().map(|contact| (contact.external_id.clone(), contact)));
    }
    Ok(all)
}

/// The places of contacts in the tree.
pub(super) async fn links(transaction: &Transaction, ids: &[Uuid]) -> ServiceResult<Vec<(Uuid, Link)>> {
    let mut all = Vec::new();
    for some in ids.chunks(KEYS) {
        let found: Vec<StoredLink> = contact::Entity::find()
            .select_only()
            .columns([contact::Column::Id, contact::Column::Kind, contact::Column::ParentId])
            .filter(contact::Column::Id.is_in(some.iter().copied()))
            .into_model()
            .all(transaction)
            .await?;
        all.extend(found.into_iter().map(|stored| (stored.id, link(&stored.kind, stored.parent_id))));
    }
    Ok(all)
}

/// Whole contacts, by their keys; locked where they are about to be changed.
pub(super) async fn whole_contacts(
    transaction: &Transaction,
    ids: &[Uuid],
    lock: bool,
) -> ServiceResult<HashMap<Uuid, contact::Model>> {
    let mut all = HashMap::new();
    for some in ids.chunks(KEYS) {
        let mut query = contact::Entity::find().filter(contact::Column::Id.is_in(some.iter().copied()));
        if lock {
            // Their keys stay: rows that refer to them, such as payments, need not wait.
            query = query.lock(LockType::NoKeyUpdate);
        }
        let found = query.all(transaction).await?;
        all.extend(found.into_iter().map(|contact| (contact.id, contact)));
    }
    Ok(all)
}

/// Documents of a kind by their external ids.
pub(super) async fn documents(
    transaction: &Transaction,
    kind: DocumentKind,
    external_ids: &[&str],
) -> ServiceResult<HashMap<String, StoredDocument>> {
    use document::Column;
    let mut all = HashMap::new();
    for some in external_ids.chunks(KEYS) {
        let found: Vec<StoredDocument> = document::Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::ExternalId,
                Column::ContactId,
                Column::EntityId,
                Column::Fingerprint,
            ])
            .filter(Column::Kind.eq(kind.code()))
            .filter(Column::ExternalId.is_in(some.iter().copied()))
            .into_model()
            .all(transaction)
            .await?;
        all.extend(found.into_iter().map(|document| (document.external_id.clone(), document)));
    }
    Ok(all)
}

/// Whole documents that are about to be changed, by their keys.
pub(super) async fn whole_documents(
    transaction: &Transaction,
    ids: &[Uuid],
) -> ServiceResult<HashMap<Uuid, document::Model>> {
    let mut all = HashMap::new();
    for some in ids.chunks(KEYS) {
        let found = document::Entity::find()
            .filter(document::Column::Id.is_in(some.iter().copied()))
            // In one order for all, so that no two wait for each other.
            .order_by_asc(document::Column::Id)
            .lock_exclusive()
            .all(transaction)
            .await?;
        all.extend(found.into_iter().map(|document| (document.id, document)));
    }
    Ok(all)
}

//! Documents: found by their external ids, made or changed, each tied to its contact and parent.

use std::collections::HashMap;

use domain::{Instant, documents::DocumentKind, import::RowNote};
use entities::{contact, document};
use uuid::Uuid;

use super::{
    lookup::{self, StoredDocument},
    ties::{Parent, Ties},
};
use crate::{
    Cx, ServiceResult, Transaction,
    documents::{
        bill_to::bill_to,
        write::{NewDocument, Owner, insert_documents, update_documents},
    },
    import::{file_kind::FileKind, fingerprint, notes::Tally, read::DocumentRecord, steps::Steps},
};

/// Documents that are written at once; progress is told after each such lot.
const LOT: usize = 500;

/// The import of one kind of document after the other.
pub(super) struct Import<'a> {
    cx: &'a Cx,
    transaction: &'a Transaction,
    ties: Ties,
    /// Contacts that documents were made out to so far.
    contacts: HashMap<Uuid, contact::Model>,
}

/// A record with everything that it is tied to.
struct Tied {
    record: DocumentRecord,
    owner: Option<Owner>,
    parent: Option<Uuid>,
    is_published: bool,
    fingerprint: String,
    /// The key of the document that is here already.
    stored: Option<Uuid>,
}

impl<'a> Import<'a> {
    /// An import of documents for contacts that are known by their external ids.
    pub(super) fn new(cx: &'a Cx, transaction: &'a Transaction, owners: HashMap<String, Owner>) -> Self {
        Self { cx, transaction, ties: Ties::new(owners), contacts: HashMap::new() }
    }

    /// Writes the documents of one kind.
    pub(super) async fn apply(
        &mut self,
        file: FileKind,
        records: Vec<DocumentRecord>,
        tally: &mut Tally,
        steps: &mut Steps<'_>,
    ) -> ServiceResult<()> {
        let Some(kind) = file.document_kind() else { return Ok(()) };
        let ids: Vec<&str> = records.iter().map(|record| record.head.external_id.as_str()).collect();
        let stored = lookup::documents(self.transaction, kind, &ids).await?;
        self.ties.load_parents(self.transaction, &records).await?;
        let (mut new, mut changed) = (Vec::new(), Vec::new());
        for record in records {
            let stored = stored.get(&record.head.external_id);
            match self.tie(record, stored)? {
                Err(reasons) => tally.fail(file, reasons),
                Ok(tied) => match stored {
                    None => new.push(tied),
                    Some(stored) => {
                        self.remember(kind, &tied, stored.id);
                        if stored.fingerprint.as_ref() == Some(&tied.fingerprint) {
                            tally.of(file).unchanged += 1;
                            steps.advance(1);
                        } else {
                            changed.push(tied);
                        }
                    }
                },
            }
        }
        tally.of(file).created += size(&new);
        tally.of(file).changed += size(&changed);
        self.insert(kind, new, steps).await?;
        self.update(changed, steps).await
    }

    /// Ties a record to its contact and parent, or says what is unknown.
    fn tie(
        &self,
        record: DocumentRecord,
        stored: Option<&StoredDocument>,
    ) -> ServiceResult<Result<Tied, Vec<RowNote>>> {
        let tie = match self.ties.of(&record) {
            Ok(tie) => tie,
            Err(reasons) => return Ok(Err(reasons)),
        };
        // A document keeps the entity that it was issued to, wherever its contact is now.
        let issued_to = stored.and_then(StoredDocument::owner);
        let owner = tie.owner.map(|owner| match issued_to {
            Some(issued_to) if issued_to.contact == owner.contact => issued_to,
            _ => owner,
        });
        let seen = (&record, owner.map(|owner| owner.contact), tie.parent);
        let fingerprint = fingerprint::of_document(&seen, tie.is_published)?;
        let (parent, is_published) = (tie.parent, tie.is_published);
        Ok(Ok(Tied {
            record,
            owner,
            parent,
            is_published,
            fingerprint,
            stored: stored.map(|stored| stored.id),
        }))
    }

    fn remember(&mut self, kind: DocumentKind, tied: &Tied, id: Uuid) {
        let parent = Parent { id, owner: tied.owner, is_published: tied.is_published };
        self.ties.remember(kind, &tied.record.head.external_id, parent);
    }

    async fn insert(
        &mut self,
        kind: DocumentKind,
        new: Vec<Tied>,
        steps: &mut Steps<'_>,
    ) -> ServiceResult<()> {
        for lot in new.chunks(LOT) {
            self.load_contacts(lot).await?;
            let documents = lot.iter().map(|tied| self.document(tied, None)).collect();
            let ids = insert_documents(self.cx, self.transaction, documents).await?;
            for (tied, id) in lot.iter().zip(ids) {
                self.remember(kind, tied, id);
            }
            steps.advance(lot.len());
        }
        Ok(())
    }

    async fn update(&mut self, mut changed: Vec<Tied>, steps: &mut Steps<'_>) -> ServiceResult<()> {
        // Locked in the order in which payments lock them.
        changed.sort_by_key(|tied| tied.stored);
        for lot in changed.chunks(LOT) {
            self.load_contacts(lot).await?;
            let ids: Vec<Uuid> = lot.iter().filter_map(|tied| tied.stored).collect();
            let mut before = lookup::whole_documents(self.transaction, &ids).await?;
            let changes = lot
                .iter()
                .filter_map(|tied| {
                    let before = before.remove(&tied.stored?)?;
                    let after = self.document(tied, Some(&before));
                    Some((before, after))
                })
                .collect();
            update_documents(self.cx, self.transaction, changes).await?;
            steps.advance(lot.len());
        }
        Ok(())
    }

    /// Reads the contacts that documents are made out to.
    async fn load_contacts(&mut self, lot: &[Tied]) -> ServiceResult<()> {
        let mut ids: Vec<Uuid> = lot
            .iter()
            .filter_map(|tied| tied.owner)
            .flat_map(|owner| [owner.contact, owner.entity])
            .filter(|id| !self.contacts.contains_key(id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        self.contacts.extend(lookup::whole_contacts(self.transaction, &ids, false).await?);
        Ok(())
    }

    fn document(&self, tied: &Tied, before: Option<&document::Model>) -> NewDocument {
        let now = self.cx.now();
        let record = &tied.record;
        let kept_day = before.map_or_else(|| now.to_utc().date(), |before| before.sorted_on);
        NewDocument {
            content: record.content.clone(),
            owner: tied.owner,
            parent: tied.parent,
            sorted_on: record.content.dated_on.unwrap_or(kept_day),
            published_at: published_at(tied.is_published, before, now),
            bill_to: self.bill_to(tied.owner, before),
            external_id: Some(record.head.external_id.clone()),
            fingerprint: Some(tied.fingerprint.clone()),
            paid_here: None,
            lines: record.lines.clone(),
        }
    }

    /// The name and address to be. They are not taken anew from a contact that works elsewhere by now.
    fn bill_to(&self, owner: Option<Owner>, before: Option<&document::Model>) -> domain::documents::Party {
        let Some(owner) = owner else { return domain::documents::Party::default() };
        let contact = self.contacts.get(&owner.contact);
        let has_moved = contact.is_none_or(|contact| contact.entity_id != owner.entity);
        if let Some(before) = before.filter(|before| has_moved && before.contact_id == Some(owner.contact)) {
            return serde_json::from_value(before.bill_to.clone()).unwrap_or_default();
        }
        contact.map(|contact| bill_to(contact, self.contacts.get(&owner.entity))).unwrap_or_default()
    }
}

/// Since when a document is published. The rules of the export decide when they first see it and whenever they
/// come to another answer; in between, it is as staff decided.
fn published_at(is_published: bool, before: Option<&document::Model>, now: Instant) -> Option<Instant> {
    let since = before.and_then(|before| before.published_at).map(Instant::from_millis);
    let was = before.and_then(|before| before.fingerprint.as_deref()).map(fingerprint::says_published);
    match (was, is_published) {
        (Some(was), is) if was == is => since,
        (_, true) => since.or(Some(now)),
        (_, false) => None,
    }
}

fn size(records: &[Tied]) -> u32 {
    u32::try_from(records.len()).unwrap_or(u32::MAX)
}

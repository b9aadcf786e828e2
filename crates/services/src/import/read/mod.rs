//! From files to records, without the database. Any file that cannot be read stops the whole import.

mod contacts;
mod document;
mod invoices;
mod leads;
mod money;
mod orders;
mod projects;
mod purchases;
mod tasks;
mod timesheets;

use std::collections::{BTreeMap, HashMap};

use domain::{
    Currency,
    import::{RowNote, Severity},
};
use serde::Serialize;

pub(super) use contacts::ContactRecord;
pub(super) use document::{DocumentRecord, Publish};

use super::{
    cells::Cells,
    file_kind::FileKind,
    notes::{Place, Tally, quote},
    source::SourceFile,
    table::{Group, Table},
};
use crate::{ServiceError, ServiceResult};

/// Everything that could be read.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub contacts: Vec<ContactRecord>,
    /// In the order of import.
    pub documents: BTreeMap<FileKind, Vec<DocumentRecord>>,
    pub tally: Tally,
}

/// What every record begins with.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Head {
    /// Where it comes from; no part of what it says.
    #[serde(skip)]
    pub place: Place,
    /// Its key in the system that it comes from.
    pub external_id: String,
}

#[derive(Debug)]
enum Found {
    Contact(ContactRecord),
    Document(DocumentRecord),
}

/// Where each id was first seen.
type Seen = HashMap<(FileKind, String), Place>;

/// Reads and checks all files. What has no currency of its own is in the business's.
///
/// # Errors
/// [`ServiceError::Refused`] naming every file that cannot be read.
pub(super) fn read_files(files: &[SourceFile], currency: Currency) -> ServiceResult<Batch> {
    if files.is_empty() {
        return Err(ServiceError::refused("There is no file to import."));
    }
    let mut tables = Vec::new();
    let mut unreadable = Vec::new();
    for file in files {
        match Table::read(file) {
            Ok(table) => tables.push(table),
            Err(reason) => unreadable.push(format!("{} {reason}.", file.name)),
        }
    }
    if !unreadable.is_empty() {
        return Err(ServiceError::refused(format!("Nothing was imported. {}", unreadable.join(" "))));
    }
    tables.sort_by_key(|table| table.kind);
    let mut batch = Batch::default();
    let mut seen = Seen::new();
    for table in &tables {
        batch.add(table, &mut seen, currency);
    }
    contacts::warn_of_emails(&batch.contacts, &mut batch.tally);
    Ok(batch)
}

impl Batch {
    fn add(&mut self, table: &Table<'_>, seen: &mut Seen, currency: Currency) {
        self.tally.open(table.kind, &table.file);
        if !table.unknown.is_empty() {
            let reason = format!(
                "these columns are not known here and were passed over: {}",
                table.unknown.join(", ")
            );
            self.tally.say([table.place_of(1).warning(None, reason)]);
        }
        for group in table.groups() {
            let mut notes: Vec<RowNote> = Vec::new();
            let found = read_record(table, &group, seen, currency, &mut notes);
            let is_good = notes.iter().all(|note| note.severity != Severity::Error);
            let count = self.tally.of(table.kind);
            count.read += 1;
            match found.filter(|_| is_good) {
                Some(Found::Contact(contact)) => self.contacts.push(contact),
                Some(Found::Document(document)) => {
                    self.documents.entry(table.kind).or_default().push(document);
                }
                None => count.failed += 1,
            }
            self.tally.say(notes);
        }
    }
}

fn read_record(
    table: &Table<'_>,
    group: &Group<'_, '_>,
    seen: &mut Seen,
    currency: Currency,
    notes: &mut Vec<RowNote>,
) -> Option<Found> {
    if let Some(broken) = &group.broken {
        notes.push(table.place_of(broken.line).error(broken.column, broken.reason.as_str()));
        return None;
    }
    let first = group.rows.first()?;
    let mut cells = Cells::of(table, first, notes);
    let head = Head { place: table.place_of(first.line), external_id: cells.required("id") };
    let key = (table.kind, head.external_id.clone());
    if let Some(earlier) = seen.get(&key) {
        let reason =
            format!("{} is the id of the record on line {} too", quote(&head.external_id), earlier.line);
        cells.error("id", reason);
        return None;
    }
    seen.insert(key, head.place.clone());
    let document = match table.kind {
        FileKind::Contacts => return Some(Found::Contact(contacts::read(&mut cells, head))),
        FileKind::Leads => leads::read(&mut cells, head, currency),
        FileKind::Orders => orders::read(&mut cells, head, &group.rows),
        FileKind::Purchases => purchases::read(&mut cells, head, &group.rows),
        FileKind::Invoices => invoices::read(&mut cells, head, &group.rows),
        FileKind::Projects => projects::read(&mut cells, head),
        FileKind::Tasks => tasks::read(&mut cells, head),
        FileKind::Timesheets => timesheets::read(&mut cells, head),
        FileKind::Tickets | FileKind::Signatures | FileKind::Subscriptions => None,
    };
    document.map(Found::Document)
}

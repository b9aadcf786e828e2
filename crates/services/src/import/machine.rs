//! One record of another program, on the way of an import.

use std::sync::Arc;

use domain::{
    FieldErrors,
    contacts::ContactKind,
    documents::DocumentKind,
    import::{RowNote, Severity},
};

use super::{
    apply::apply,
    file_kind::FileKind,
    import_odoo::wait_for_others,
    notes::Place,
    read::{Batch, ContactRecord, DocumentRecord, Head, Publish},
    steps::Steps,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    api::Saved,
    documents::{lines::NewLine, write::Content},
};

/// A contact as another program knows it. What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct MachineContact {
    pub external_id: String,
    pub name: String,
    pub kind: Option<ContactKind>,
    /// External id of what it hangs under; empty for nothing.
    pub parent: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub street: Option<String>,
    pub street2: Option<String>,
    pub zip: Option<String>,
    pub city: Option<String>,
    pub state_code: Option<String>,
    pub country_code: Option<String>,
    pub vat: Option<String>,
    pub reference: Option<String>,
    pub lang: Option<String>,
    pub website: Option<String>,
    pub tags: Option<String>,
    pub comment: Option<String>,
}

/// A document as another program knows it.
#[derive(Clone, Debug)]
pub(crate) struct MachineDocument {
    pub external_id: String,
    /// External ids of what it is tied to.
    pub contact: Option<String>,
    pub project: Option<String>,
    pub task: Option<String>,
    pub is_published: bool,
    pub content: Content,
    pub lines: Option<Vec<NewLine>>,
}

fn head(external_id: String) -> Head {
    Head { place: Place { file: Arc::from("the request"), line: 1 }, external_id }
}

/// Writes a contact; the caller has asked who may, and ends the transaction.
///
/// # Errors
/// [`ServiceError::Invalid`] for what it points to and is not known, by the names of columns.
pub(crate) async fn write_contact(
    cx: &Cx,
    transaction: &Transaction,
    contact: MachineContact,
) -> ServiceResult<Saved> {
    let record = ContactRecord {
        head: head(contact.external_id),
        name: contact.name,
        kind: contact.kind,
        parent: contact.parent,
        email: contact.email,
        phone: contact.phone,
        street: contact.street,
        street2: contact.street2,
        zip: contact.zip,
        city: contact.city,
        state_code: contact.state_code,
        country_code: contact.country_code,
        vat: contact.vat,
        reference: contact.reference,
        lang: contact.lang,
        website: contact.website,
        tags: contact.tags,
        comment: contact.comment,
    };
    let batch = Batch { contacts: vec![record], ..Batch::default() };
    write(cx, transaction, FileKind::Contacts, batch).await
}

/// Writes a document; as [`write_contact`].
///
/// # Errors
/// As [`write_contact`].
pub(crate) async fn write_document(
    cx: &Cx,
    transaction: &Transaction,
    document: MachineDocument,
) -> ServiceResult<Saved> {
    let file = file_of(document.content.kind);
    let record = DocumentRecord {
        head: head(document.external_id),
        partner: document.contact,
        project: document.project,
        task: document.task,
        publish: Publish::from(document.is_published),
        content: document.content,
        lines: document.lines,
    };
    let mut batch = Batch::default();
    batch.documents.insert(file, vec![record]);
    write(cx, transaction, file, batch).await
}

fn file_of(kind: DocumentKind) -> FileKind {
    match kind {
        DocumentKind::Lead => FileKind::Leads,
        DocumentKind::Sale => FileKind::Orders,
        DocumentKind::Purchase => FileKind::Purchases,
        DocumentKind::Invoice => FileKind::Invoices,
        DocumentKind::Project => FileKind::Projects,
        DocumentKind::Task => FileKind::Tasks,
        DocumentKind::Timesheet => FileKind::Timesheets,
        DocumentKind::Ticket => FileKind::Tickets,
        DocumentKind::Signature => FileKind::Signatures,
        DocumentKind::Subscription => FileKind::Subscriptions,
    }
}

async fn write(cx: &Cx, transaction: &Transaction, file: FileKind, mut batch: Batch) -> ServiceResult<Saved> {
    batch.tally.open(file, &Arc::from("the request"));
    batch.tally.of(file).read += 1;
    wait_for_others(cx, transaction).await?;
    let mut steps = Steps::start(1, &|_, _| ());
    let report = apply(cx, transaction, batch, false, &mut steps).await?;
    let errors = report.notes.iter().filter(|note| note.severity == Severity::Error);
    let mut wrong = FieldErrors::default();
    for RowNote { column, reason, .. } in errors {
        wrong.add(field(column.as_deref()), sentence(reason));
    }
    wrong.into_result()?;
    // Documents count the contacts beside them, too.
    match report.counts.iter().find(|count| count.name == file.stem()) {
        Some(count) if count.created > 0 => Ok(Saved::Created),
        Some(count) if count.changed > 0 => Ok(Saved::Changed),
        Some(count) if count.failed == 0 => Ok(Saved::Unchanged),
        _ => Err(ServiceError::refused("The record could not be tied to what it belongs to.")),
    }
}

/// The field of a column.
fn field(column: Option<&str>) -> &'static str {
    match column {
        Some("parent_id/id") => "parent",
        Some("partner_id/id") => "contact",
        Some("project_id/id") => "project",
        Some("task_id/id") => "task",
        _ => "external_id",
    }
}

fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let begun: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{begun}. Send that record first.")
}

mod bad_rows;
mod contacts;
mod documents;
mod runs;
mod spreadsheets;
mod unreadable;
mod updates;
mod whole_export;

use std::path::Path;

use domain::import::{ImportReport, KindCount, RowNote};
use entities::{contact, document, document_line};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use services::{documents as document_services, import::SourceFile};
use uuid::Uuid;

use crate::support::Portal;

/// A real ERP's own export.
pub fn export_folder() -> &'static Path {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/odoo-export"));
    assert!(folder.is_dir(), "the export to test with is missing: {} is no folder", folder.display());
    folder
}

pub fn export() -> Vec<SourceFile> {
    services::import::read_folder(export_folder()).expect("the export")
}

/// A file of a few lines.
fn file(name: &str, lines: &[&str]) -> SourceFile {
    SourceFile::new(name, lines.join("\n").into_bytes())
}

/// The export with one text replaced in one file.
fn edited(name: &str, from: &str, to: &str) -> Vec<SourceFile> {
    let mut files = export();
    let file = files.iter_mut().find(|file| file.name == name).expect("the file");
    let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
    assert!(text.contains(from), "{name} has no {from}");
    file.bytes = text.replacen(from, to, 1).into_bytes();
    files
}

async fn import(portal: &Portal, files: Vec<SourceFile>) -> ImportReport {
    let report = services::import::import_odoo(&portal.system(), files, false, |_, _| ()).await;
    check_counters(portal).await;
    report.expect("imports")
}

/// What is stored must be what a count would find, whatever was imported.
async fn check_counters(portal: &Portal) {
    let wrong = document_services::check_counters(&portal.system()).await.expect("counts");
    assert_eq!(wrong, [], "{}", portal.database);
}

fn count<'r>(report: &'r ImportReport, name: &str) -> &'r KindCount {
    report.counts.iter().find(|count| count.name == name).unwrap_or_else(|| panic!("no count of {name}"))
}

/// Created, changed, unchanged and failed.
fn totals(report: &ImportReport) -> [u32; 4] {
    [
        report.total(|count| count.created),
        report.total(|count| count.changed),
        report.total(|count| count.unchanged),
        report.total(|count| count.failed),
    ]
}

/// Where notes point to, with their reasons.
fn said(notes: &[RowNote]) -> Vec<String> {
    notes
        .iter()
        .map(|note| {
            let column = note.column.as_deref().unwrap_or("-");
            format!("{}:{} {column}: {}", note.file, note.line, note.reason)
        })
        .collect()
}

async fn contact(portal: &Portal, external_id: &str) -> contact::Model {
    let query = contact::Entity::find().filter(contact::Column::ExternalId.eq(external_id));
    let found = query.one(portal.portico.db.pool()).await.expect("reads");
    found.unwrap_or_else(|| panic!("no contact {external_id}"))
}

async fn document(portal: &Portal, external_id: &str) -> document::Model {
    let query = document::Entity::find().filter(document::Column::ExternalId.eq(external_id));
    let found = query.one(portal.portico.db.pool()).await.expect("reads");
    found.unwrap_or_else(|| panic!("no document {external_id}"))
}

async fn lines(portal: &Portal, document: Uuid) -> Vec<document_line::Model> {
    document_line::Entity::find()
        .filter(document_line::Column::DocumentId.eq(document))
        .order_by_asc(document_line::Column::Position)
        .all(portal.portico.db.pool())
        .await
        .expect("reads")
}

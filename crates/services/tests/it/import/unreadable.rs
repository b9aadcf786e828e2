use entities::contact;
use sea_orm::{EntityTrait, PaginatorTrait};
use services::{
    ServiceError,
    import::{SourceFile, import_odoo, read_folder},
};

use super::{export, file};
use crate::support::{Portal, on_each_database};

/// Imports the good export along with a bad file; nothing of either may come in.
async fn refused(portal: &Portal, bad: SourceFile) -> String {
    let mut files = export();
    files.retain(|file| file.name != bad.name);
    files.push(bad);
    let error = import_odoo(&portal.system(), files, false, |_, _| ()).await.expect_err("is refused");
    let ServiceError::Refused(reason) = error else { panic!("{error}") };
    let contacts = contact::Entity::find().count(portal.portico.db.pool()).await.expect("counts");
    assert_eq!(contacts, 0, "{reason}");
    reason
}

#[test]
fn one_unreadable_file_stops_everything() {
    on_each_database(|portal| async move {
        let latin = SourceFile::new("leads.csv", b"id,name\n1,Caf\xe9\n".to_vec());
        let utf16: Vec<u8> = "id,name\n1,a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bad, reason) in [
            (latin, "leads.csv is not UTF-8 text"),
            (SourceFile::new("leads.csv", utf16), "leads.csv is not UTF-8 text"),
            (file("leads.csv", &["name,type", "A,Lead"]), "leads.csv has no column id;"),
            (file("leads.csv", &["id;name", "1;A"]), "leads.csv has no column id, name;"),
            (
                file("leads.csv", &["id,name", "1,\"A", "2,B"]),
                "leads.csv is no well-formed CSV: the quote that opens on line 2 is never closed.",
            ),
            (
                file("leads.csv", &["id,name", "1,A", "2,B\"C\""]),
                "leads.csv is no well-formed CSV: line 3 has a quote in the middle of a cell.",
            ),
            (file("leads.csv", &[]), "leads.csv is empty;"),
            (file("leads.csv", &["id,name,name", "1,A,B"]), "leads.csv has the column name twice."),
            (
                file("invoices.csv", &["id,name", "1,A"]),
                "invoices.csv has no column move_type, partner_id/id,",
            ),
            (file("things.csv", &["id,name", "1,A"]), "things.csv is none of the known exports"),
        ] {
            let said = refused(&portal, bad).await;
            assert!(said.starts_with(&format!("Nothing was imported. {reason}")), "{said}");
        }
    });
}

#[test]
fn a_folder_without_an_export_says_what_belongs_there() {
    let folder = temp_dir::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("notes.csv"), "id,name\n").expect("writes");
    let error = read_folder(folder.path()).expect_err("is refused");
    assert!(error.to_string().contains("at least one of contacts.csv, leads.csv"), "{error}");
    std::fs::write(folder.path().join("leads.csv"), "id,name\n").expect("writes");
    let files = read_folder(folder.path()).expect("one file");
    assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["leads.csv"]);
}

#[test]
fn a_file_under_another_name_is_known_by_its_columns() {
    on_each_database(|portal| async move {
        let mut files = export();
        for (n, file) in files.iter_mut().enumerate() {
            file.name = format!("export-{n}.csv");
        }
        files.reverse();
        let report = super::import(&portal, files).await;
        assert_eq!(super::totals(&report), [959, 0, 0, 0]);
        assert_eq!(report.notes[0].file, "export-0.csv");
    });
}

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Instant,
};

use domain::import::Severity;
use entities::{contact, document, document_line};
use sea_orm::{EntityTrait, PaginatorTrait};
use services::import;

use super::{check_counters, count, export, export_folder, import as import_files, said, totals};
use crate::support::{Portal, on_each_database};

const RECORDS: [(&str, u32); 8] = [
    ("contacts", 123),
    ("leads", 39),
    ("orders", 56),
    ("purchases", 11),
    ("invoices", 62),
    ("projects", 11),
    ("tasks", 130),
    ("timesheets", 527),
];

#[test]
fn everything_comes_in_and_a_second_time_nothing_changes() {
    on_each_database(|portal| async move {
        let started = Instant::now();
        let report = import_files(&portal, export()).await;
        let took = started.elapsed();
        for (name, number) in RECORDS {
            let count = count(&report, name);
            assert_eq!((count.read, count.created, count.failed), (number, number, 0), "{name}");
        }
        assert_eq!(report.notes_of(Severity::Error), 0, "{:#?}", said(&report.notes));
        let before = everything(&portal).await;

        let started = Instant::now();
        let again = import_files(&portal, export()).await;
        println!("{}: {took:?}, again {:?}", portal.database, started.elapsed());
        assert_eq!(totals(&again), [0, 0, 959, 0]);
        assert_eq!(again.notes, report.notes);
        assert_eq!(everything(&portal).await, before);
    });
}

async fn everything(
    portal: &Portal,
) -> (Vec<contact::Model>, Vec<document::Model>, Vec<document_line::Model>) {
    let pool = portal.portico.db.pool();
    let (mut contacts, mut documents, mut lines) = (
        contact::Entity::find().all(pool).await.expect("contacts"),
        document::Entity::find().all(pool).await.expect("documents"),
        document_line::Entity::find().all(pool).await.expect("lines"),
    );
    contacts.sort_by_key(|contact| contact.id);
    documents.sort_by_key(|document| document.id);
    lines.sort_by_key(|line| line.id);
    (contacts, documents, lines)
}

#[test]
fn only_the_emails_of_the_export_are_odd() {
    on_each_database(|portal| async move {
        let report = import_files(&portal, export()).await;
        let notes = said(&report.notes);
        assert_eq!(notes.len(), 7, "{notes:#?}");
        let missing = notes.iter().filter(|note| note.contains(" email: no email: cannot be granted"));
        assert_eq!(missing.count(), 5);
        assert!(
            notes[5].starts_with("contacts.csv:121 email: “not-an-email” is not one valid"),
            "{}",
            notes[5]
        );
        assert_eq!(
            notes[6],
            "contacts.csv:122 email: “sally@small.example” is also the email of Sally Small on line 65"
        );
    });
}

/// Sums in cents, found with another parser than the import's.
fn sums_of_file(name: &str, amounts: &[&str], lines: &str) -> (BTreeMap<(String, String), i64>, i64, usize) {
    let path = export_folder().join(format!("{name}.csv"));
    let mut reader = csv::Reader::from_path(path).expect("the file");
    let headers = reader.headers().expect("headers").clone();
    let (mut sums, mut line_sum, mut line_count) = (BTreeMap::new(), 0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        let cell = |name: &str| {
            let place = headers.iter().position(|header| header == name).expect("the column");
            row.get(place).expect("the cell").to_owned()
        };
        let cents = |name: &str| (cell(name).parse::<f64>().expect("a number") * 100.0).round() as i64;
        if !cell("id").is_empty() {
            for amount in amounts {
                *sums.entry((cell("currency_id/name"), (*amount).to_owned())).or_default() += cents(amount);
            }
        }
        line_sum += cents(lines);
        line_count += 1;
    }
    (sums, line_sum, line_count)
}

#[test]
fn every_cent_arrives() {
    on_each_database(|portal| async move {
        import_files(&portal, export()).await;
        let (_, documents, lines) = everything(&portal).await;
        let amounts = ["amount_untaxed", "amount_tax", "amount_total", "amount_residual"];
        let mut all_lines = 0;
        for (file, kind, amounts, subtotal) in [
            ("orders", "sale", &amounts[..3], "order_line/price_subtotal"),
            ("purchases", "purchase", &amounts[..3], "order_line/price_subtotal"),
            ("invoices", "invoice", &amounts[..], "invoice_line_ids/price_subtotal"),
        ] {
            let (expected, expected_lines, line_count) = sums_of_file(file, amounts, subtotal);
            let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
            let mut line_sum = 0;
            for document in documents.iter().filter(|document| document.kind == kind) {
                let stored = [document.untaxed, document.tax, document.total, document.residual];
                for (name, stored) in amounts.iter().zip(stored) {
                    let currency = document.currency.clone().expect("a currency");
                    *sums.entry((currency, (*name).to_owned())).or_default() += stored.expect("an amount");
                }
                let own = lines.iter().filter(|line| line.document_id == document.id);
                line_sum += own.map(|line| line.subtotal).sum::<i64>();
            }
            assert_eq!(sums, expected, "{file}");
            assert_eq!(line_sum, expected_lines, "{file}");
            all_lines += line_count;
        }
        assert_eq!(lines.len(), all_lines);
    });
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    on_each_database(|portal| async move {
        let cx = portal.system();
        let dry = import::import_odoo(&cx, export(), true, |_, _| ()).await.expect("tries");
        let pool = portal.portico.db.pool();
        assert_eq!(contact::Entity::find().count(pool).await.expect("counts"), 0);
        assert_eq!(document::Entity::find().count(pool).await.expect("counts"), 0);
        assert_eq!(import::list_imports(&cx).await.expect("lists"), []);
        check_counters(&portal).await;
        let real = import_files(&portal, export()).await;
        assert!(dry.dry_run && !real.dry_run);
        assert_eq!((dry.counts, dry.notes), (real.counts, real.notes));
    });
}

#[test]
fn progress_goes_up_to_the_end() {
    on_each_database(|portal| async move {
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = |done, of| told.lock().expect("a lock").push((done, of));
        import::import_odoo(&portal.system(), export(), false, tell).await.expect("imports");
        let told = told.lock().expect("a lock");
        assert_eq!((told.first(), told.last()), (Some(&(0, 959)), Some(&(959, 959))));
        assert!(told.is_sorted() && told.len() > 8, "{told:?}");
    });
}

/// More rows than fit into one statement, on both sides of every chunk.
#[test]
fn thousands_of_rows_go_in_and_are_known_again() {
    on_each_database(|portal| async move {
        let (mut contacts, mut invoices) =
            (vec!["id,name,is_company,parent_id/id,email".to_owned()], Vec::new());
        invoices.push(
            "id,name,move_type,partner_id/id,state,currency_id/name,amount_total,amount_residual,\
             invoice_line_ids/name,invoice_line_ids/price_subtotal"
                .to_owned(),
        );
        for n in 0..1_501 {
            let parent = if n % 10 == 0 { String::new() } else { format!("c{}", n / 10 * 10) };
            contacts.push(format!("c{n},Contact {n},{},{parent},c{n}@x.example", n % 10 == 0));
            invoices.push(format!("i{n},INV/{n},out_invoice,c{n},posted,EUR,{n}.5,{n}.5,Work,{n}.5"));
            invoices.push(",,,,,,,,More work,0.0".to_owned());
        }
        let files = || {
            vec![
                import::SourceFile::new("contacts.csv", contacts.join("\n").into_bytes()),
                import::SourceFile::new("invoices.csv", invoices.join("\n").into_bytes()),
            ]
        };
        let report = import::import_odoo(&portal.system(), files(), false, |_, _| ()).await.expect("imports");
        assert_eq!(totals(&report), [3_002, 0, 0, 0]);
        let report = import::import_odoo(&portal.system(), files(), false, |_, _| ()).await.expect("imports");
        assert_eq!(totals(&report), [0, 0, 3_002, 0]);
        check_counters(&portal).await;
    });
}

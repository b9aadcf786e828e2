//! Five companies of a real ERP's export: lists, filters and totals against what another reader makes of its files.
#![allow(clippy::indexing_slicing, reason = "columns that the file has")]

use std::collections::HashMap;

use domain::{
    PageRequest,
    documents::{
        DocumentFilter, DocumentKind, DocumentRequest, DocumentRow, DocumentStatus, StatementFilter,
    },
};
use services::{Cx, documents};
use time::Date;

use crate::{
    import::{export, export_folder},
    support::on_each_database,
};

const COMPANIES: [&str; 5] =
    ["Acme Corporation", "Big Customer Inc", "Ready Mat", "Small Customer Inc", "Gemini Furniture"];

type Record = HashMap<String, String>;
/// Which records are meant.
type Keep<'a> = &'a dyn Fn(&Record) -> bool;

/// The records of a file: rows without an id continue the one above.
fn records(name: &str) -> Vec<Record> {
    let mut reader = csv::Reader::from_path(export_folder().join(format!("{name}.csv"))).expect("the file");
    let all: Vec<Record> = reader.deserialize().map(|row| row.expect("a row")).collect();
    all.into_iter().filter(|row| !row["id"].is_empty()).collect()
}

struct Books {
    contacts: HashMap<String, Record>,
    projects: HashMap<String, Record>,
}

impl Books {
    fn read() -> Self {
        let by_id = |name| records(name).into_iter().map(|row| (row["id"].clone(), row)).collect();
        Self { contacts: by_id("contacts"), projects: by_id("projects") }
    }

    fn company(&self, name: &str) -> &Record {
        let found: Vec<_> = self.contacts.values().filter(|row| row["name"] == name).collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0]
    }

    /// The nearest company above, or the uppermost contact.
    fn entity<'a>(&'a self, contact: &'a str) -> &'a str {
        let row = &self.contacts[contact];
        let parent = &row["parent_id/id"];
        if row["is_company"] == "True" || parent.is_empty() { contact } else { self.entity(parent) }
    }

    /// The records of a file that customers of a company are shown.
    fn shown(&self, kind: DocumentKind, company: &str) -> Vec<Record> {
        let (file, states): (&str, &[&str]) = match kind {
            DocumentKind::Lead => ("leads", &[]),
            DocumentKind::Sale => ("orders", &["Quotation Sent", "Sales Order"]),
            DocumentKind::Purchase => ("purchases", &["RFQ Sent", "Purchase Order"]),
            DocumentKind::Invoice => ("invoices", &["Posted"]),
            DocumentKind::Task => ("tasks", &[]),
            _ => ("timesheets", &[]),
        };
        let is_shared = |row: &Record| match row.get("project_id/id") {
            Some(project) => self
                .projects
                .get(project)
                .is_some_and(|project| project["privacy_visibility"].contains("invited portal users")),
            None => true,
        };
        let owner = |row: &Record| match row["partner_id/id"].as_str() {
            "" => row
                .get("project_id/id")
                .and_then(|project| self.projects.get(project))
                .map(|project| project["partner_id/id"].clone())
                .unwrap_or_default(),
            partner => partner.to_owned(),
        };
        let is_cancelled = |row: &Record| row.get("state").is_some_and(|state| state == "Cancelled");
        let in_state = |row: &Record| states.is_empty() || states.contains(&row["state"].as_str());
        records(file)
            .into_iter()
            .filter(|row| is_shared(row) && in_state(row) && !is_cancelled(row))
            .filter(|row| {
                let owner = owner(row);
                !owner.is_empty() && self.entity(&owner) == company
            })
            .collect()
    }
}

fn cents(row: &Record, name: &str) -> i64 {
    (row[name].parse::<f64>().expect("a number") * 100.0).round() as i64
}

/// The whole list, page after page.
async fn all(cx: &Cx, kind: DocumentKind, filter: DocumentFilter) -> Vec<DocumentRow> {
    let mut rows = Vec::new();
    let mut page = PageRequest::default();
    loop {
        let request = DocumentRequest { kind, filter: filter.clone(), page };
        let list = documents::list_documents(cx, &request).await.expect("lists");
        rows.extend(list.page.items);
        let Some(after) = list.page.next else { return rows };
        page = PageRequest { after: Some(after), before: None };
    }
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names
}

fn numbers(rows: &[DocumentRow]) -> Vec<String> {
    sorted(rows.iter().map(|row| row.number.clone()).collect())
}

fn names_of(rows: &[Record]) -> Vec<String> {
    sorted(rows.iter().map(|row| row["name"].clone()).collect())
}

#[test]
fn five_companies_find_what_the_files_say() {
    on_each_database(|portal| async move {
        services::import::import_odoo(&portal.system(), export(), false, |_, _| ()).await.expect("imports");
        let books = Books::read();
        for (at, name) in COMPANIES.into_iter().enumerate() {
            let company = books.company(name).clone();
            let contact = portal.imported(&company["id"]).await;
            portal.customer(contact, &format!("books{at}@five.example")).await;
            let cx = portal.regroup(contact, "standard").await;
            kinds_with_money(&books, &cx, name, &company["id"]).await;
            time_and_tasks(&books, &cx, name, &company["id"]).await;
            invoices(&books, &cx, name, &company["id"]).await;
        }
    });
}

async fn kinds_with_money(books: &Books, cx: &Cx, name: &str, company: &str) {
    for kind in [DocumentKind::Sale, DocumentKind::Purchase, DocumentKind::Invoice] {
        let expected = books.shown(kind, company);
        let rows = all(cx, kind, DocumentFilter::default()).await;
        assert_eq!(numbers(&rows), names_of(&expected), "{kind:?} of {name}");
        let sum: i64 = rows.iter().filter_map(|row| row.total).map(|total| total.minor).sum();
        assert_eq!(
            sum,
            expected.iter().map(|row| cents(row, "amount_total")).sum::<i64>(),
            "{kind:?} of {name}"
        );
        let large = DocumentFilter { least: "1,000".into(), ..DocumentFilter::default() };
        let large_ones: Vec<Record> =
            expected.iter().filter(|row| cents(row, "amount_total") >= 100_000).cloned().collect();
        assert_eq!(numbers(&all(cx, kind, large).await), names_of(&large_ones), "{kind:?} of {name}");
        for row in &expected {
            let search = DocumentFilter { search: row["name"].to_lowercase(), ..DocumentFilter::default() };
            assert!(numbers(&all(cx, kind, search).await).contains(&row["name"]), "{}", row["name"]);
        }
    }
}

async fn time_and_tasks(books: &Books, cx: &Cx, name: &str, company: &str) {
    for kind in [DocumentKind::Lead, DocumentKind::Task, DocumentKind::Timesheet] {
        let expected = books.shown(kind, company);
        let rows = all(cx, kind, DocumentFilter::default()).await;
        assert_eq!(rows.len(), expected.len(), "{kind:?} of {name}");
        if kind == DocumentKind::Timesheet {
            let hours: f64 =
                expected.iter().map(|row| row["unit_amount"].parse::<f64>().expect("hours")).sum();
            let minutes: i64 = rows.iter().filter_map(|row| row.minutes).sum();
            assert!(
                (hours * 60.0 - minutes as f64).abs() <= expected.len() as f64,
                "{name}: {hours} {minutes}"
            );
        }
    }
}

async fn invoices(books: &Books, cx: &Cx, name: &str, company: &str) {
    let expected = books.shown(DocumentKind::Invoice, company);
    let those =
        |keep: Keep<'_>| names_of(&expected.iter().filter(|row| keep(row)).cloned().collect::<Vec<_>>());
    let is = |row: &Record, kind: &str| row["move_type"] == kind;
    let open = |row: &Record| cents(row, "amount_residual") > 0;
    let today = "2026-11-22";
    let cases: [(DocumentStatus, Keep<'_>); 5] = [
        (DocumentStatus::ToPay, &|row| is(row, "Customer Invoice") && open(row)),
        (DocumentStatus::Overdue, &|row| {
            is(row, "Customer Invoice") && open(row) && row["invoice_date_due"].as_str() < today
        }),
        (DocumentStatus::Paid, &|row| is(row, "Customer Invoice") && !open(row)),
        (DocumentStatus::Credits, &|row| row["move_type"].contains("Credit")),
        (DocumentStatus::Bills, &|row| is(row, "Vendor Bill")),
    ];
    for (status, keep) in cases {
        let filter = DocumentFilter { status: Some(status), ..DocumentFilter::default() };
        assert_eq!(
            numbers(&all(cx, DocumentKind::Invoice, filter).await),
            those(keep),
            "{status:?} of {name}"
        );
    }
    let (from, until) = ("2026-10-15", "2026-11-15");
    let day = |text: &str| -> Option<Date> { domain::date::parse_iso(text) };
    let filter = DocumentFilter { from: day(from), until: day(until), ..DocumentFilter::default() };
    let within = those(&|row| (from..=until).contains(&row["invoice_date"].as_str()));
    assert_eq!(numbers(&all(cx, DocumentKind::Invoice, filter).await), within, "dates of {name}");

    let statement = documents::get_statement(cx, &StatementFilter::default()).await.expect("a statement");
    let sum: i64 = statement.parts.iter().map(|part| part.open.minor).sum();
    let owed: i64 = expected
        .iter()
        .map(|row| match row["move_type"].as_str() {
            "Customer Invoice" => cents(row, "amount_residual"),
            "Customer Credit Note" => -cents(row, "amount_residual"),
            _ => 0,
        })
        .sum();
    assert_eq!(sum, owed, "the statement of {name}");
}

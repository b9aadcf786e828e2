//! Prints sheets as Portico does.
#![allow(clippy::expect_used, reason = "tests")]

use std::path::Path;

use pdf::{Attachment, Press, Sheet};
use serde_json::{Value, json};
use time::macros::datetime;

fn document(lines: usize) -> Value {
    let line = |index: usize| {
        json!({
            "is_remark": index.is_multiple_of(50),
            "title": format!("Item {index}"),
            "text": if index.is_multiple_of(7) { "With a second line\nand a third" } else { "" },
            "quantity": "2", "unit_price": "$1,250.00", "discount": "", "amount": "$2,500.00",
        })
    };
    json!({
        "noun": "Invoice", "number": "INV/2026/00042", "name": "Invoice INV/2026/00042", "title": "Yearly maintenance",
        "issuer": {
            "name": "Rivet Works", "accent": "#3457d5",
            "legal": ["Rivet Works Ltd", "1 Road, Town", "VAT GB123", "help@rivet.example"],
        },
        "party_title": "Bill to",
        "party": { "name": "Azure Interior", "lines": ["4557 De Silva St", "Fremont CA 94538", "United States"] },
        "facts": [{ "term": "Date", "value": "22 Nov 2026" }, { "term": "Due", "value": "22 Dec 2026" }],
        "body": [], "is_discounted": false,
        "lines": (1..=lines).map(line).collect::<Vec<_>>(),
        "sums": [
            { "term": "Untaxed amount", "amount": "$2,500.00", "is_total": false },
            { "term": "Tax", "amount": "$0.00", "is_total": false },
            { "term": "Total", "amount": "$2,500.00", "is_total": true },
        ],
        "note": ["Thank you."], "certificate": null,
    })
}

fn sheet(document: &Value) -> Sheet {
    Sheet {
        document: document.to_string(),
        logo: None,
        original: None,
        attachments: Vec::new(),
        issued: datetime!(2026-11-22 09:05 UTC),
        ident: "0198".to_owned(),
    }
}

/// Where pictures are made of what was printed, for looking at.
fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("PORTICO_KEEP_PDF") {
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), bytes).expect("kept");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A statement of account, with as many documents in the first of two currencies.
fn statement(documents: usize) -> Value {
    let row = |index: usize| {
        json!({
            "date": "22 Nov 2026", "name": format!("INV/2026/{index:05}"), "about": if index == 2 { "Credit note · Ann" } else { "" },
            "due": "22 Dec 2026", "is_overdue": index == 1, "total": "$2,500.00", "open": "$1,250.00", "balance": "$1,250.00",
        })
    };
    let sum =
        |term: &str, is_total: bool| json!({ "term": term, "amount": "$1,250.00", "is_total": is_total });
    let ages: Vec<_> = ["Not due", "1–30 days", "31–60 days", "61–90 days", "Older"]
        .iter()
        .map(|age| sum(age, false))
        .collect();
    let part = |title: &str, documents: usize| {
        json!({
            "title": title, "ages": ages, "rows": (1..=documents).map(row).collect::<Vec<_>>(),
            "sums": [sum("Overdue", false), sum("Balance due", true)],
        })
    };
    let mut paper = document(0);
    let own = [
        ("noun", json!("Statement of account")),
        ("number", json!("")),
        ("parts", json!([part("USD", documents), part("EUR", 1)])),
    ];
    paper.as_object_mut().expect("an object").extend(own.map(|(name, value)| (name.to_owned(), value)));
    paper
}

#[test]
fn a_statement_is_archival_and_breaks_pages() {
    let press = Press::new(None);
    for (documents, pages) in [(3, 1), (120, 4)] {
        let printed = press.print(&sheet(&statement(documents))).expect("prints");
        keep(&format!("statement-{documents}"), &printed.bytes);
        assert_eq!(printed.not_archival, None);
        assert_eq!(pdf::page_count(&printed.bytes), Some(pages));
    }
    let mut nothing = statement(0);
    nothing.as_object_mut().expect("an object").insert("parts".to_owned(), json!([]));
    press.print(&sheet(&nothing)).expect("prints");
}

#[test]
fn an_invoice_is_archival_carries_its_file_and_is_the_same_twice() {
    let press = Press::new(None);
    let mut sheet = sheet(&document(6));
    sheet.attachments.push(Attachment {
        name: "INV-2026-00042.xml".to_owned(),
        media: "text/xml".to_owned(),
        description: "The same invoice for machines".to_owned(),
        content: b"<Invoice/>".to_vec(),
    });
    let printed = press.print(&sheet).expect("prints");
    keep("invoice", &printed.bytes);
    assert_eq!(printed.not_archival, None);
    assert!(printed.bytes.starts_with(b"%PDF-1.7"));
    let seen = text(&printed.bytes);
    assert!(seen.contains("pdfaid:part>3<") && seen.contains("INV-2026-00042.xml"), "PDF/A-3 with a file");
    assert_eq!(press.print(&sheet).expect("prints").bytes, printed.bytes);
}

#[test]
fn a_long_invoice_has_many_pages() {
    let printed = Press::new(None).print(&sheet(&document(200))).expect("prints");
    keep("long", &printed.bytes);
    assert_eq!(printed.not_archival, None);
    let pages = pdf::page_count(&printed.bytes).expect("a PDF");
    assert!((6..=12).contains(&pages), "{pages}");
}

/// Whatever the length, one more line makes at most one more page. `PORTICO_KEEP_PDF` keeps each for looking at.
#[test]
fn pages_grow_with_the_lines() {
    let press = Press::new(None);
    let pages: Vec<usize> = (1..=60)
        .map(|lines| {
            let printed = press.print(&sheet(&document(lines))).expect("prints");
            keep(&format!("lines-{lines:02}"), &printed.bytes);
            pdf::page_count(&printed.bytes).expect("a PDF")
        })
        .collect();
    assert_eq!((pages.first(), pages.last()), (Some(&1), Some(&3)), "{pages:?}");
    assert!(pages.is_sorted_by(|one, next| one <= next && next - one <= 1), "{pages:?}");
}

#[test]
fn a_signed_document_has_its_certificate_as_the_last_page() {
    let mut signed = document(3);
    signed["noun"] = json!("Quotation");
    let stroke: Vec<(i32, i32)> = (0..60).map(|step| (step * 10, 100 + (step % 7 - 3) * 25)).collect();
    let hash = "5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9";
    signed["certificate"] = json!({
        "statement": "Quotation S00023 was signed electronically in the customer portal of Rivet Works.",
        "facts": [
            { "term": "Signed by", "value": "Ann Lee" },
            { "term": "When", "value": "22 Nov 2026, 10:05:12 CET (2026-11-22T09:05:12Z)" },
            { "term": "Browser", "value": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0" },
            { "term": "SHA-256 of the PDF that was shown", "value": hash },
        ],
        "name": "Ann Lee", "strokes": [stroke, [[10, 10], [12, 14]]],
    });
    let printed = Press::new(None).print(&sheet(&signed)).expect("prints");
    keep("signed", &printed.bytes);
    assert_eq!(printed.not_archival, None);
    signed["certificate"]["strokes"] = json!([]);
    let typed = Press::new(None).print(&sheet(&signed)).expect("prints");
    keep("typed", &typed.bytes);
    assert_eq!(typed.not_archival, None);
}

#[test]
fn a_certificate_goes_behind_an_uploaded_original() {
    let press = Press::new(None);
    let original = press.print(&sheet(&document(60))).expect("prints").bytes;
    let pages = pdf::page_count(&original).expect("a PDF");
    let mut signed = document(1);
    signed["certificate"] = json!({
        "statement": "Signed.", "facts": [{ "term": "Signed by", "value": "Ann Lee" }], "name": "Ann Lee", "strokes": [],
    });
    let printed = press.print(&Sheet { original: Some(original), ..sheet(&signed) }).expect("prints");
    keep("behind-original", &printed.bytes);
    assert_eq!(pdf::page_count(&printed.bytes), Some(pages + 1));
    for other in [b"".as_slice(), b"%PDF-1.7", b"<html>", b"PK\x03\x04"] {
        assert_eq!(pdf::page_count(other), None);
    }
}

#[test]
fn what_comes_from_outside_is_text() {
    let mut hostile = document(1);
    hostile["title"] = json!("#panic(\"x\") *bold* $x$ @label <b>#read(\"/etc/passwd\")</b> \\ ~");
    hostile["party"]["name"] = json!("A".repeat(300));
    hostile["lines"][0]["text"] = json!("#image(\"http://169.254.169.254/\")\n#eval(\"1\")");
    let printed = Press::new(None).print(&sheet(&hostile)).expect("prints");
    keep("hostile", &printed.bytes);
    assert_eq!(printed.not_archival, None);
}

#[test]
fn what_no_font_can_show_is_printed_all_the_same() {
    let mut foreign = document(1);
    foreign["party"]["name"] = json!("株式会社リベット");
    let printed = Press::new(None).print(&sheet(&foreign)).expect("prints");
    keep("foreign", &printed.bytes);
    assert!(printed.not_archival.is_some());
}

#[test]
fn a_broken_logo_is_left_out() {
    let mut sheet = sheet(&document(1));
    sheet.logo = Some(b"\x89PNG\r\n\x1a\nbroken".to_vec());
    assert!(Press::new(None).print(&sheet).is_ok());
}

#[test]
fn a_business_replaces_a_template_and_is_told_where_it_is_wrong() {
    let folder = temp_dir::TempDir::new().expect("a folder");
    std::fs::write(
        folder.path().join("paper.typ"),
        "#let paper(doc, logo, rest) = { set document(title: doc.name); rest; [Our own: #doc.number] }",
    )
    .expect("written");
    let press = Press::new(Some(folder.path()));
    let printed = press.print(&sheet(&document(1))).expect("prints");
    assert_eq!(printed.not_archival, None);
    std::fs::write(
        folder.path().join("paper.typ"),
        "#let paper(doc, logo, rest) = {\n  rest\n  doc.nothing\n}",
    )
    .expect("written");
    let error = press.print(&sheet(&document(1))).expect_err("refused").to_string();
    assert!(error.starts_with("paper.typ:3: ") && error.contains("nothing"), "{error}");
    for bad in
        ["#import \"@preview/tablex:0.0.8\": *", "#read(\"/../../etc/passwd\")", "#read(\"/etc/passwd\")"]
    {
        let text = format!("{bad}\n#let paper(doc, logo, rest) = rest");
        std::fs::write(folder.path().join("paper.typ"), text).expect("written");
        press.print(&sheet(&document(1))).expect_err("refused");
    }
}

//! What a document says on paper, as its template reads it.

use domain::{
    documents::{
        Direction, DocumentDetails, DocumentLine, DocumentRow, Party, Stroke, Totals, display_percent,
        display_quantity, paragraphs,
    },
    instant::display_date,
    settings::DEFAULT_ACCENT,
};
use serde::Serialize;
use time::Date;

use crate::settings::Settings;

/// A document on paper. The names of the fields are what templates rely on: see `docs/OPERATIONS.md`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Paper {
    pub noun: String,
    pub number: String,
    /// What the file is called in readers: noun and number, or else the title.
    pub name: String,
    pub title: String,
    pub issuer: Issuer,
    pub party_title: &'static str,
    pub party: Option<PaperParty>,
    pub facts: Vec<PaperFact>,
    pub body: Vec<String>,
    pub is_discounted: bool,
    pub lines: Vec<PaperLine>,
    pub sums: Vec<PaperSum>,
    pub note: Vec<String>,
    pub certificate: Option<Certificate>,
}

/// The business.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Issuer {
    pub name: String,
    pub accent: String,
    /// Legal name, address, numbers and how to reach it, for the foot of each page.
    pub legal: Vec<String>,
}

/// Whom it is for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PaperParty {
    pub name: String,
    pub lines: Vec<String>,
}

/// A term and what it is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PaperFact {
    pub term: &'static str,
    pub value: String,
}

/// One line; a remark has a title only.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PaperLine {
    pub is_remark: bool,
    pub title: String,
    pub text: String,
    pub quantity: String,
    pub unit_price: String,
    pub discount: String,
    pub amount: String,
}

/// One of the sums at the foot.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct PaperSum {
    pub term: &'static str,
    pub amount: String,
    pub is_total: bool,
}

/// Who agreed to it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Certificate {
    pub statement: String,
    pub facts: Vec<PaperFact>,
    /// The name as it was typed.
    pub name: String,
    /// The signature as it was drawn; empty where it was typed.
    pub strokes: Vec<Stroke>,
}

/// Makes the paper of a document.
pub(crate) fn paper(
    row: &DocumentRow,
    details: &DocumentDetails,
    bill_to: Party,
    lines: Vec<DocumentLine>,
    totals: Option<Totals>,
    settings: &Settings,
) -> Paper {
    let (number, title) = (clean(row.number.trim()), clean(row.title.trim()));
    let name = if number.is_empty() { title.clone() } else { number.clone() };
    let (facts, lines) = (facts(row, details), lines.into_iter().map(line).collect::<Vec<_>>());
    // Imported titles are often the number, the reference or the first line: said once is enough.
    let is_said = title == number
        || facts.iter().any(|fact| fact.value == title)
        || lines.first().is_some_and(|line| line.title == title);
    Paper {
        name: format!("{} {name}", row.noun).trim_end().to_owned(),
        noun: row.noun.clone(),
        title: if is_said { String::new() } else { title },
        number,
        issuer: issuer(settings),
        party_title: match details {
            DocumentDetails::Invoice { direction: Direction::Payable, .. }
            | DocumentDetails::Purchase { .. } => "Vendor",
            DocumentDetails::Invoice { .. } => "Bill to",
            _ => "For",
        },
        party: party(bill_to),
        facts,
        body: match details {
            DocumentDetails::Signature { description } => paragraphs(&clean(description)),
            _ => Vec::new(),
        },
        is_discounted: lines.iter().any(|line| !line.discount.is_empty()),
        lines,
        sums: totals.map(|totals| sums(totals, details.is_credit())).unwrap_or_default(),
        note: match details {
            DocumentDetails::Sale { note, .. } => paragraphs(&clean(note)),
            _ => Vec::new(),
        },
        certificate: None,
    }
}

/// Text as paper can show it: control characters have no glyph, and would keep the file from being archival.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| *c == '\n' || (!c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

/// The business as its paper names it.
pub(crate) fn issuer(settings: &Settings) -> Issuer {
    let general = &settings.general;
    let prefixed = |word: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() { String::new() } else { format!("{word}{text}") }
    };
    let address: Vec<_> =
        general.legal_address.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let legal = if general.legal_name.trim().is_empty() { &general.business } else { &general.legal_name };
    let parts = [
        clean(legal),
        clean(&address.join(", ")),
        prefixed("VAT ", &general.vat),
        clean(&general.registration),
        general.support_email.clone(),
        prefixed("Tel. ", &general.support_phone),
    ];
    Issuer {
        name: clean(&general.business),
        accent: settings.accent().unwrap_or(DEFAULT_ACCENT).to_string(),
        legal: parts.into_iter().filter(|part| !part.is_empty()).collect(),
    }
}

fn party(party: Party) -> Option<PaperParty> {
    let Party { name, address, vat } = party;
    let vat = (!vat.trim().is_empty()).then(|| format!("VAT {vat}"));
    let lines = address.into_iter().chain(vat).map(|line| clean(&line)).collect();
    (!name.trim().is_empty()).then(|| PaperParty { name: clean(&name), lines })
}

fn facts(row: &DocumentRow, details: &DocumentDetails) -> Vec<PaperFact> {
    let text = |term, value: &str| {
        let value = clean(value.trim());
        (!value.is_empty()).then_some(PaperFact { term, value })
    };
    let date = |term, value: Option<Date>| value.map(|value| PaperFact { term, value: display_date(value) });
    let known = match details {
        DocumentDetails::Sale { salesperson, valid_until, customer_reference, .. } => vec![
            date("Date", row.dated),
            date("Valid until", *valid_until),
            text("Your reference", customer_reference),
            text("Salesperson", salesperson),
        ],
        DocumentDetails::Purchase { planned_on } => {
            vec![date("Date", row.dated), date("Expected", planned_on.or(row.due))]
        }
        DocumentDetails::Invoice { reference, origin, .. } => vec![
            date("Date", row.dated),
            date("Due", row.due.filter(|_| !row.is_credit)),
            text("Reference", reference),
            text("Source", origin),
        ],
        DocumentDetails::Signature { .. } => vec![date("Sent", row.dated), date("Sign until", row.due)],
        _ => vec![date("Date", row.dated)],
    };
    known.into_iter().flatten().collect()
}

fn line(line: DocumentLine) -> PaperLine {
    let description = clean(line.description.trim());
    let (title, text) = description.split_once('\n').unwrap_or((&description, ""));
    let is_remark = line.quantity == 0 && line.unit_price.minor == 0 && line.subtotal.minor == 0;
    let (title, text) = if is_remark { (description.as_str(), "") } else { (title, text) };
    PaperLine {
        is_remark,
        title: title.trim().to_owned(),
        text: text.trim().to_owned(),
        quantity: display_quantity(line.quantity),
        unit_price: line.unit_price.to_string(),
        discount: if line.discount == 0 { String::new() } else { display_percent(line.discount) },
        amount: line.subtotal.to_string(),
    }
}

/// As issued: what was paid since is on the page, not on the paper.
fn sums(totals: Totals, is_credit: bool) -> Vec<PaperSum> {
    let sum = |term, amount: domain::Money, is_total| PaperSum { term, amount: amount.to_string(), is_total };
    vec![
        sum("Untaxed amount", totals.untaxed, false),
        sum("Tax", totals.tax, false),
        sum(if is_credit { "Total credit" } else { "Total" }, totals.total, true),
    ]
}

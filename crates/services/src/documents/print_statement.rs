use domain::{
    Money,
    documents::{Age, StatementFilter, StatementPart, StatementRow},
    instant::display_date,
};
use serde::Serialize;

use super::{
    paper::{Issuer, PaperFact, PaperFile, PaperParty, PaperSum, PrintJob, clean, file_name, issuer},
    statement::whole_statement,
};
use crate::{Cx, ServiceError, ServiceResult, access::portal};

/// A statement on paper, as its template reads it.
#[derive(Debug, Serialize)]
struct StatementPaper {
    noun: &'static str,
    number: String,
    name: String,
    issuer: Issuer,
    party_title: &'static str,
    party: PaperParty,
    facts: Vec<PaperFact>,
    parts: Vec<PaperPart>,
}

/// What is open in a currency.
#[derive(Debug, Serialize)]
struct PaperPart {
    /// The currency, where there are several.
    title: String,
    ages: Vec<PaperSum>,
    rows: Vec<PaperRow>,
    sums: Vec<PaperSum>,
}

#[derive(Debug, Serialize)]
struct PaperRow {
    date: String,
    name: String,
    about: String,
    due: String,
    is_overdue: bool,
    total: String,
    open: String,
    balance: String,
}

/// The statement of account as a PDF, as of today; it is not kept.
///
/// # Permissions
/// As [`super::get_statement`].
///
/// # Errors
/// [`ServiceError::NotFound`] without the permissions; [`ServiceError::Refused`] for more than fits on paper;
/// [`ServiceError::Busy`] when too much is being printed.
pub async fn print_statement(cx: &Cx, filter: &StatementFilter) -> ServiceResult<PaperFile> {
    let parts = whole_statement(cx, filter).await?;
    let customer = portal(cx)?;
    let details = &customer.details;
    let has_several = parts.len() > 1;
    let today = display_date(cx.today());
    let named = details.company.as_deref().unwrap_or(&details.name);
    let name = format!("Statement of account {}", domain::date::to_iso(cx.today()));
    let paper = StatementPaper {
        noun: "Statement of account",
        number: String::new(),
        name: name.clone(),
        issuer: issuer(cx.settings()),
        party_title: "For",
        party: PaperParty { name: clean(named), lines: Vec::new() },
        facts: facts(filter, today),
        parts: parts.into_iter().map(|part| paper_part(part, has_several)).collect(),
    };
    let job = PrintJob {
        document: serde_json::to_string(&paper).map_err(ServiceError::internal)?,
        logo: cx.settings().logo.as_ref().map(|logo| logo.content.clone()),
        original: None,
        enclosures: Vec::new(),
        issued: cx.now(),
        ident: format!("statement {} {}", customer.entity, cx.now().millis()),
    };
    let bytes = cx.portico.printer()?.print(job).await?.into();
    Ok(PaperFile { name: file_name(&name, "pdf"), bytes, is_ours: true })
}

fn facts(filter: &StatementFilter, today: String) -> Vec<PaperFact> {
    let shown = if filter.all { "Everything, paid or not" } else { "What is open" };
    let day = |term, day: Option<time::Date>| day.map(|day| PaperFact { term, value: display_date(day) });
    let known = [
        Some(PaperFact { term: "As of", value: today }),
        Some(PaperFact { term: "Shown", value: shown.to_owned() }),
        day("From", filter.from),
        day("Until", filter.until),
    ];
    known.into_iter().flatten().collect()
}

fn paper_part(part: StatementPart, has_several: bool) -> PaperPart {
    let sum = |term, amount: Money, is_total| PaperSum { term, amount: amount.to_string(), is_total };
    PaperPart {
        title: if has_several { part.open.currency.code().to_owned() } else { String::new() },
        ages: Age::ALL.iter().zip(part.ages.0).map(|(age, amount)| sum(age.label(), amount, false)).collect(),
        rows: part.rows.into_iter().map(paper_row).collect(),
        sums: vec![sum("Overdue", part.overdue, false), sum("Balance due", part.open, true)],
    }
}

fn paper_row(StatementRow { document, total, open, balance }: StatementRow) -> PaperRow {
    let noun = Some(document.noun.as_str()).filter(|noun| *noun != "Invoice");
    let about = noun.into_iter().chain(document.contact.as_deref()).collect::<Vec<_>>().join(" · ");
    PaperRow {
        date: document.dated.map(display_date).unwrap_or_default(),
        name: clean(document.name()),
        about: clean(&about),
        due: document.due.filter(|_| !document.is_credit).map(display_date).unwrap_or_default(),
        is_overdue: document.is_overdue,
        total: total.to_string(),
        open: open.to_string(),
        balance: balance.to_string(),
    }
}

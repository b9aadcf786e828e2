use std::collections::BTreeMap;

use domain::{
    Currency, Money,
    access::Permission,
    date::to_iso,
    documents::{Age, Ages, DocumentKind, Statement, StatementFilter, StatementPart, StatementRow},
};
use entities::document::{self, Column};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use time::Date;

use super::{
    narrow::detail,
    read::{currency_of, to_row},
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope},
    spreadsheet::harmless,
};

/// Rows that a page shows.
const MOST: usize = 500;
/// Rows that paper holds: some fifty pages.
const MOST_ON_PAPER: usize = 2_000;
/// Rows that a file holds.
const MOST_IN_A_FILE: usize = 100_000;

const TITLES: [&str; 9] = ["Date", "Number", "Type", "For", "Due", "Currency", "Total", "Open", "Balance"];

/// The statement of account: what is open of the invoices and credit notes that somebody may see, by currency. What the
/// business owes is not in it. One statement.
///
/// # Permissions
/// `statement.view` and `invoices.view`; it lists what both reach.
///
/// # Errors
/// [`ServiceError::NotFound`] without either permission.
pub async fn get_statement(cx: &Cx, filter: &StatementFilter) -> ServiceResult<Statement> {
    let mut rows = read(cx, filter, MOST + 1).await?;
    let is_cut = rows.len() > MOST;
    rows.truncate(MOST);
    let details = &portal(cx)?.details;
    Ok(Statement {
        customer: details.company.clone().unwrap_or_else(|| details.name.clone()),
        as_of: Some(cx.today()),
        parts: parts(rows, cx.today()),
        is_cut,
    })
}

/// All of it, or the refusal of one that is too long for paper.
pub(super) async fn whole_statement(cx: &Cx, filter: &StatementFilter) -> ServiceResult<Vec<StatementPart>> {
    let rows = read(cx, filter, MOST_ON_PAPER + 1).await?;
    if rows.len() > MOST_ON_PAPER {
        let told = format!(
            "More than {MOST_ON_PAPER} documents do not fit on paper. Choose fewer days, or export as CSV."
        );
        return Err(ServiceError::refused(told));
    }
    Ok(parts(rows, cx.today()))
}

/// The statement of account as a CSV file.
///
/// # Permissions
/// As [`get_statement`].
///
/// # Errors
/// As [`get_statement`].
pub async fn export_statement(cx: &Cx, filter: &StatementFilter) -> ServiceResult<Vec<u8>> {
    let rows = read(cx, filter, MOST_IN_A_FILE).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(TITLES).map_err(ServiceError::internal)?;
    for row in parts(rows, cx.today()).into_iter().flat_map(|part| part.rows) {
        let StatementRow { document, total, open, balance } = row;
        let day = |day: Option<Date>| day.map(to_iso).unwrap_or_default();
        // Texts are made harmless; figures are ours, and stay figures below zero.
        let cells = [
            day(document.dated),
            harmless(&document.number).into_owned(),
            harmless(&document.noun).into_owned(),
            harmless(document.contact.as_deref().unwrap_or_default()).into_owned(),
            day(document.due),
            total.currency.code().to_owned(),
            total.to_decimal(),
            open.to_decimal(),
            balance.to_decimal(),
        ];
        csv.write_record(cells).map_err(ServiceError::internal)?;
    }
    csv.into_inner().map_err(|error| ServiceError::internal(error.into_error()))
}

async fn read(cx: &Cx, filter: &StatementFilter, most: usize) -> ServiceResult<Vec<document::Model>> {
    let statement = portal_scope(cx, Permission::StatementView)?;
    let invoices = portal_scope(cx, DocumentKind::Invoice.view())?;
    let mut query: Select<document::Entity> = invoices
        .documents(DocumentKind::Invoice)
        .filter(statement.condition(DocumentKind::Invoice))
        .filter(detail(cx, "invoice", "direction").eq("Receivable"));
    if !filter.all {
        // Written out, so that the index of open documents fits.
        query = query.filter(Expr::cust(r#""document"."residual" <> 0"#));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::SortedOn.gte(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(Column::SortedOn.lte(until));
    }
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    let oldest = query.order_by_asc(Column::SortedOn).order_by_asc(Column::Id).limit(most);
    Ok(oldest.all(cx.db().pool()).await?)
}

fn parts(rows: Vec<document::Model>, today: Date) -> Vec<StatementPart> {
    let mut parts: BTreeMap<Currency, StatementPart> = BTreeMap::new();
    for row in rows {
        let Some(currency) = currency_of(row.currency.as_deref()) else { continue };
        let (total, residual) = (row.total.unwrap_or(0), row.residual.unwrap_or(0));
        let Some(document) = to_row(row.into(), today) else { continue };
        let money = |minor: i64| {
            let amount = Money::new(minor, currency);
            if document.is_credit { amount.credited() } else { amount }
        };
        let (total, open) = (money(total), money(residual));
        let none = Money::new(0, currency);
        let part = parts.entry(currency).or_insert_with(|| StatementPart {
            rows: Vec::new(),
            open: none,
            overdue: none,
            ages: Ages::none(currency),
        });
        let age = if document.is_credit { Age::NotDue } else { Age::of(document.due, today) };
        part.open.minor = part.open.minor.saturating_add(open.minor);
        if age != Age::NotDue {
            part.overdue.minor = part.overdue.minor.saturating_add(open.minor);
        }
        part.ages.add(age, open.minor);
        part.rows.push(StatementRow { document, total, open, balance: part.open });
    }
    parts.into_values().collect()
}

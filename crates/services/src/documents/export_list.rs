use domain::{
    Money,
    date::to_iso,
    documents::{DocumentKind, DocumentRequest, DocumentRow},
};
use entities::document;
use sea_orm::{QuerySelect, Select};
use serde_json::Value as Json;
use time::Date;
use uuid::Uuid;

use super::{
    list_choices::choices, list_documents::matching, read::to_row, search_plan::SearchPlan, sorting::Sorting,
};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope, page::Seek, spreadsheet::harmless};

/// Documents that are read at once: an export of any length needs memory for this many.
const CHUNK: u64 = 500;

const TITLES: [&str; 12] = [
    "Number", "Title", "Type", "Status", "For", "Date", "Due", "Currency", "Total", "Open", "Minutes",
    "Overdue",
];

/// An export under way: what is left of it.
#[derive(Clone, Debug)]
pub struct ListExport {
    kind: DocumentKind,
    query: Select<document::Entity>,
    sorting: Sorting,
    state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Titles,
    After((Vec<Json>, Uuid)),
    Ended,
}

/// Begins a CSV export of the documents that a list's filter leaves, in its order; the page that it asks for is
/// ignored.
///
/// # Permissions
/// As [`super::list_documents`].
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission.
pub async fn begin_list_export(cx: &Cx, request: &DocumentRequest) -> ServiceResult<ListExport> {
    let scope = portal_scope(cx, request.kind.view())?;
    let plan = SearchPlan::of(&request.filter.search);
    let is_rare = match &plan {
        Some(_) => choices(cx, &scope, request.kind, plan.as_ref()).await?.is_rare,
        None => false,
    };
    Ok(ListExport {
        kind: request.kind,
        query: matching(cx, &scope, request, plan.as_ref(), is_rare),
        sorting: Sorting::of(request.kind, &request.filter),
        state: State::Titles,
    })
}

/// The next part of an export, and what is left; nothing at its end.
///
/// # Permissions
/// As [`super::list_documents`]; asked again for each part.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission, or when the database fails.
pub async fn export_list(cx: &Cx, export: ListExport) -> ServiceResult<Option<(Vec<u8>, ListExport)>> {
    portal_scope(cx, export.kind.view())?;
    let start = match &export.state {
        State::Ended => return Ok(None),
        State::Titles => None,
        State::After(start) => Some(start),
    };
    let query = export.sorting.apply(export.query.clone(), Seek::Forward, start);
    let found = query.limit(CHUNK).all(cx.db().pool()).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    if export.state == State::Titles {
        csv.write_record(TITLES).map_err(ServiceError::internal)?;
    }
    let is_last = u64::try_from(found.len()).unwrap_or(0) < CHUNK;
    let state = match found.last() {
        Some(last) if !is_last => State::After(export.sorting.cursor(last)),
        _ => State::Ended,
    };
    let today = cx.today();
    for row in found.into_iter().filter_map(|document| to_row(document.into(), today)) {
        csv.write_record(cells(&row)).map_err(ServiceError::internal)?;
    }
    let bytes = csv.into_inner().map_err(|error| ServiceError::internal(error.into_error()))?;
    Ok(Some((bytes, ListExport { state, ..export })))
}

/// A row's cells. Texts are made harmless; figures are ours, and stay figures below zero.
fn cells(row: &DocumentRow) -> [String; 12] {
    let text = |text: &str| harmless(text).into_owned();
    let day = |day: Option<Date>| day.map(to_iso).unwrap_or_default();
    let amount = |amount: Option<Money>| amount.map(Money::to_decimal).unwrap_or_default();
    let total = row.total.map(|total| if row.is_credit { total.credited() } else { total });
    [
        text(&row.number),
        text(&row.title),
        text(&row.noun),
        text(row.state.label(row.kind)),
        text(row.contact.as_deref().unwrap_or_default()),
        day(row.dated),
        day(row.due),
        row.total.map(|total| total.currency.code().to_owned()).unwrap_or_default(),
        amount(total),
        amount(row.open),
        row.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
        if row.is_overdue { "yes".to_owned() } else { String::new() },
    ]
}

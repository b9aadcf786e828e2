use domain::audit::{AuditFilter, words};
use entities::audit_event;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::{
    changes,
    list_events::names,
    reach::{filtered, readable, when},
};
use crate::{Cx, ServiceError, ServiceResult, spreadsheet::harmless};

/// Events that are read at once: an export of any length needs memory for this many.
const CHUNK: u64 = 1_000;

const TITLES: [&str; 11] = [
    "When",
    "What",
    "Action",
    "Subject",
    "Company",
    "Done by",
    "On behalf of",
    "Changes",
    "Address",
    "Request",
    "Event",
];

/// An export under way: what is left of it.
#[derive(Clone, Debug)]
pub struct Export {
    query: Select<audit_event::Entity>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Titles,
    After(Uuid),
    Ended,
}

/// Begins a CSV export of the events that a filter leaves, newest first; the page that it asks for is
/// ignored.
///
/// # Permissions
/// As [`super::list_events`].
///
/// # Errors
/// When the actor lacks both rights.
pub fn begin_export(cx: &Cx, filter: &AuditFilter) -> ServiceResult<Export> {
    Ok(Export { query: filtered(cx, readable(cx)?, filter), state: State::Titles })
}

/// The next part of an export, and what is left; nothing at its end.
///
/// # Permissions
/// As [`super::list_events`]; asked again for each part.
///
/// # Errors
/// When the actor lacks both rights, or the database fails.
pub async fn export_events(cx: &Cx, export: Export) -> ServiceResult<Option<(Vec<u8>, Export)>> {
    readable(cx)?;
    let mut query = export.query.clone();
    match export.state {
        State::Ended => return Ok(None),
        State::Titles => {}
        State::After(id) => query = query.filter(audit_event::Column::Id.lt(id)),
    }
    let events = query.order_by_desc(audit_event::Column::Id).limit(CHUNK).all(cx.db().pool()).await?;
    let companies = names(cx, &events).await?;
    let mut csv = csv::Writer::from_writer(Vec::new());
    if export.state == State::Titles {
        csv.write_record(TITLES).map_err(ServiceError::internal)?;
    }
    for event in &events {
        let company = event.entity_id.and_then(|id| companies.get(&id).cloned()).unwrap_or_default();
        let cells = [
            when(cx, event.at),
            words(&event.action),
            event.action.clone(),
            event.subject.clone(),
            company,
            event.actor.clone(),
            event.on_behalf_of.clone(),
            told(&event.data),
            event.address.clone(),
            event.request_id.clone(),
            event.id.to_string(),
        ];
        csv.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))
            .map_err(ServiceError::internal)?;
    }
    let bytes = csv.into_inner().map_err(|error| ServiceError::internal(error.into_error()))?;
    let is_last = u64::try_from(events.len()).unwrap_or(0) < CHUNK;
    let state = match events.last() {
        Some(last) if !is_last => State::After(last.id),
        _ => State::Ended,
    };
    Ok(Some((bytes, Export { state, ..export })))
}

/// An event's data in one cell: `Name: A → B; Login: x`.
fn told(data: &serde_json::Value) -> String {
    let tell = |change: domain::audit::Change| match change.before {
        Some(before) => format!("{}: {before} → {}", change.label, change.after),
        None => format!("{}: {}", change.label, change.after),
    };
    changes::read(data).into_iter().map(tell).collect::<Vec<_>>().join("; ")
}

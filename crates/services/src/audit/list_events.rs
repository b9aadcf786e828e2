use std::collections::HashMap;

use domain::{
    Page,
    audit::{AuditFilter, AuditRow, words},
};
use entities::audit_event;
use sea_orm::{ColumnTrait, Order, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{
    changes,
    reach::{filtered, readable, when},
};
use crate::{
    Cx, ServiceResult, contacts,
    page::{self, Seek},
};

/// The audit trail, newest first, filtered, a page at a time.
///
/// # Permissions
/// `Right::ReadAudit` reads everything; `Right::ReadContactAudit` what is about contacts, their access and
/// portal users.
///
/// # Errors
/// When the actor lacks both rights, or the database fails.
pub async fn list_events(cx: &Cx, filter: &AuditFilter) -> ServiceResult<Page<AuditRow>> {
    let query = filtered(cx, readable(cx)?, filter);
    let (way, start) = page::seek::<()>(&filter.page);
    let is_first = start.is_none();
    let query = match (start, way) {
        (None, _) => query,
        (Some(((), id)), Seek::Forward) => query.filter(audit_event::Column::Id.lt(id)),
        (Some(((), id)), Seek::Backward) => query.filter(audit_event::Column::Id.gt(id)),
    };
    let order = if way == Seek::Forward { Order::Desc } else { Order::Asc };
    let query = query.order_by(audit_event::Column::Id, order);
    let found = page::read(cx, query, way, is_first, |event| ((), event.id)).await?;
    let companies = names(cx, &found.items).await?;
    Ok(found.map(|event| to_row(cx, event, &companies)))
}

/// The names of the companies that events concern: one statement for any number.
pub(super) async fn names(cx: &Cx, events: &[audit_event::Model]) -> ServiceResult<HashMap<Uuid, String>> {
    contacts::names(cx, events.iter().filter_map(|event| event.entity_id)).await
}

pub(super) fn to_row(cx: &Cx, event: audit_event::Model, companies: &HashMap<Uuid, String>) -> AuditRow {
    let company = event.entity_id.filter(|id| event.subject_id != Some(*id));
    let company = company.and_then(|id| companies.get(&id).cloned()).filter(|name| *name != event.subject);
    AuditRow {
        when: when(cx, event.at),
        what: words(&event.action),
        changes: changes::read(&event.data),
        subject: event.subject,
        company,
        by: event.actor,
        on_behalf_of: Some(event.on_behalf_of).filter(|name| !name.is_empty()),
        address: event.address,
    }
}

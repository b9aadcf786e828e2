use domain::{Instant, audit::words};
use entities::audit_event;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{changes, list_access_log::customers};
use crate::{Cx, ServiceResult, access::account_holder};

/// Events that are read at once.
const CHUNK: u64 = 500;

/// Some of the events that somebody caused or that happened to them, oldest first, and after which one to go on.
/// Staff are named as the business's, and nothing of where others sit is told.
///
/// # Permissions
/// Whoever is signed in with an account of their own; `contacts` must be theirs.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub(crate) async fn export_own(
    cx: &Cx,
    contacts: &[Uuid],
    after: Option<Uuid>,
) -> ServiceResult<(Vec<Value>, Option<Uuid>)> {
    use audit_event::Column;
    let holder = account_holder(cx)?;
    let access = Condition::all()
        .add(Column::SubjectId.is_in(contacts.iter().copied()))
        .add(Column::Action.starts_with("access."));
    let theirs = Condition::any()
        .add(Column::SubjectId.eq(holder.id()))
        .add(Column::ActorId.eq(holder.id()))
        .add(access);
    let mut query = audit_event::Entity::find().filter(theirs);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    let found = query.order_by_asc(Column::Id).limit(CHUNK).all(cx.db().pool()).await?;
    let is_last = u64::try_from(found.len()).unwrap_or(0) < CHUNK;
    let next = found.last().map(|event| event.id).filter(|_| !is_last);
    let people = customers(cx, &found).await?;
    let business = &cx.config().business;
    let told = found.into_iter().map(|event| {
        let is_own = event.actor_id == Some(holder.id());
        // Whoever signs in, or comes by a link, is not known as anybody yet.
        let by = match event.actor_id {
            Some(id) if people.contains(&id) => event.actor,
            Some(_) => format!("{business} staff"),
            None => business.clone(),
        };
        let changes: Vec<Value> = changes::read(&event.data)
            .into_iter()
            .map(|change| json!({ "what": change.label, "before": change.before, "after": change.after }))
            .collect();
        json!({
            "at": iso(event.at),
            "what": words(&event.action),
            "about": event.subject,
            "by": by,
            "address": Some(event.address).filter(|address| is_own && !address.is_empty()),
            "details": changes,
        })
    });
    Ok((told.collect(), next))
}

/// An instant as programs read it: `2026-11-25T12:05:07Z`.
pub(crate) fn iso(millis: i64) -> Option<String> {
    let whole_seconds = Instant::from_millis(millis - millis.rem_euclid(1_000));
    whole_seconds.to_utc().format(&time::format_description::well_known::Rfc3339).ok()
}

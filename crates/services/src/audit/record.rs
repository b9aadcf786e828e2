use domain::Instant;
use entities::audit_event;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::{Cx, ServiceResult, ids};

/// Something that happened, in the words of the audit trail.
#[derive(Debug)]
pub(crate) struct Event<'a> {
    /// What happened: `access.granted`.
    pub action: &'static str,
    /// What it happened to, as people know it.
    pub subject: &'a str,
    /// Its key.
    pub subject_id: Option<Uuid>,
    /// The commercial entity whose people may read of it.
    pub entity_id: Option<Uuid>,
    /// Before and after, without secrets.
    pub data: Value,
}

/// Writes an event in the transaction of what it tells of.
pub(crate) async fn record(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    event: Event<'_>,
) -> ServiceResult<()> {
    let now: Instant = cx.now();
    let row = audit_event::ActiveModel {
        id: Set(ids::mint(now)),
        at: Set(now.millis()),
        actor_id: Set(cx.actor.user_id()),
        actor: Set(cx.actor.name().to_owned()),
        on_behalf_of: Set(cx.actor.on_behalf_of().to_owned()),
        action: Set(event.action.to_owned()),
        subject: Set(event.subject.to_owned()),
        subject_id: Set(event.subject_id),
        entity_id: Set(event.entity_id),
        data: Set(event.data),
        address: Set(cx.origin.address.clone()),
        request_id: Set(cx.origin.request_id.clone()),
    };
    audit_event::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

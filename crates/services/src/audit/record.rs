use domain::Instant;
use entities::audit_event;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::{Cx, ServiceResult, ids};

/// Something that happened, in the words of the audit trail.
#[derive(Debug)]
pub(crate) struct Event<'a> {
    /// What happened: `access.granted`. Its words are in `domain::audit`.
    pub action: &'static str,
    /// What it happened to, as people know it.
    pub subject: &'a str,
    /// Its key.
    pub subject_id: Option<Uuid>,
    /// The commercial entity whose people may read of it.
    pub entity_id: Option<Uuid>,
    /// Objects `before` and `after` with what differs, and facts beside them; without secrets.
    pub data: Value,
}

/// Whoever did something, where the context cannot know it yet: while somebody signs in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct By<'a> {
    /// The user.
    pub id: Option<Uuid>,
    /// The name, or the login where there is none.
    pub name: &'a str,
}

/// Writes an event in the transaction of what it tells of.
pub(crate) async fn record(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    event: Event<'_>,
) -> ServiceResult<()> {
    record_by(cx, connection, By { id: cx.actor.user_id(), name: cx.actor.name() }, event).await
}

/// Writes an event of somebody else than the context's actor.
pub(crate) async fn record_by(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    by: By<'_>,
    event: Event<'_>,
) -> ServiceResult<()> {
    let now: Instant = cx.now();
    let row = audit_event::ActiveModel {
        id: Set(ids::mint(now)),
        at: Set(now.millis()),
        actor_id: Set(by.id),
        actor: Set(by.name.to_owned()),
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

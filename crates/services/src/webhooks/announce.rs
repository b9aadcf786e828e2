use domain::webhooks::{DeliveryState, WebhookEvent};
use entities::{contact, document, webhook, webhook_delivery};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect, sea_query::LockType};
use serde_json::json;
use uuid::Uuid;

use crate::{Cx, ServiceResult, audit::iso, ids};

/// What an event is about, as other programs know it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    /// `contact`, or the kind of a document.
    pub kind: &'a str,
    /// Our key.
    pub id: Uuid,
    /// Theirs.
    pub external_id: Option<&'a str>,
    /// A document's number.
    pub number: Option<&'a str>,
}

impl<'a> From<&'a contact::Model> for Record<'a> {
    fn from(row: &'a contact::Model) -> Self {
        Self { kind: "contact", id: row.id, external_id: row.external_id.as_deref(), number: None }
    }
}

impl<'a> From<&'a document::Model> for Record<'a> {
    fn from(row: &'a document::Model) -> Self {
        let external_id = row.external_id.as_deref();
        Self { kind: &row.kind, id: row.id, external_id, number: Some(&row.number) }
    }
}

/// Tells the webhooks that want to know, in the transaction of the change. After the commit, ring
/// `Portico::webhook_bell`. One statement, and one more where somebody wants to know.
pub(crate) async fn announce(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    event: WebhookEvent,
    record: Record<'_>,
) -> ServiceResult<()> {
    // Locked as far as a reference locks it: one that is removed at this moment must not fail somebody's signature.
    let hooks = webhook::Entity::find().lock(LockType::KeyShare).all(connection).await?;
    let wanted = hooks.iter().filter(|hook| hook.events.split(' ').any(|code| code == event.code()));
    let rows: Vec<_> = wanted.map(|hook| delivery(cx, hook, event, record).into_active_model()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    webhook_delivery::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}

/// What a webhook is to be told.
pub(super) fn delivery(
    cx: &Cx,
    hook: &webhook::Model,
    event: WebhookEvent,
    record: Record<'_>,
) -> webhook_delivery::Model {
    let now = cx.now().millis();
    let id = ids::mint(cx.now());
    let body = json!({
        "id": id,
        "event": event.code(),
        "occurred_at": iso(now),
        "record": {
            "kind": record.kind,
            "id": record.id,
            "external_id": record.external_id,
            "number": record.number,
        },
    });
    webhook_delivery::Model {
        id,
        webhook_id: hook.id,
        event: event.code().to_owned(),
        body: body.to_string(),
        state: DeliveryState::Queued.code().to_owned(),
        attempts: 0,
        created_at: now,
        next_try_at: now,
        leased_until: None,
        delivered_at: None,
        status: None,
        error: None,
    }
}

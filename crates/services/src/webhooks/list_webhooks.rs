use std::collections::HashMap;

use domain::{
    Instant,
    access::Right,
    ids::{DeliveryId, WebhookId},
    webhooks::{DeliveryRow, DeliveryState, WebhookEvent, WebhookRow, WebhooksPage},
};
use entities::{webhook, webhook_delivery};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::target;
use crate::{Cx, ServiceResult, access::staff, auth::needs_proof};

/// How many deliveries are listed.
const LATEST: u64 = 20;

/// Every webhook, newest first, and what they were told last. Two statements.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_webhooks(cx: &Cx) -> ServiceResult<WebhooksPage> {
    staff(cx, Right::ManageSettings)?;
    let pool = cx.db().pool();
    let hooks = webhook::Entity::find().order_by_desc(webhook::Column::Id).all(pool).await?;
    let latest = webhook_delivery::Entity::find()
        .order_by_desc(webhook_delivery::Column::Id)
        .limit(LATEST)
        .all(pool)
        .await?;
    let webhooks: Vec<WebhookRow> = hooks.into_iter().map(|hook| webhook_row(cx, hook)).collect();
    let addresses: HashMap<Uuid, &str> =
        webhooks.iter().map(|hook| (hook.id.into(), hook.address.as_str())).collect();
    let deliveries = latest.into_iter().map(|delivery| delivery_row(cx, delivery, &addresses)).collect();
    Ok(WebhooksPage { webhooks, deliveries, needs_password: needs_proof(cx) })
}

fn told(cx: &Cx, at: i64) -> String {
    cx.settings().zone.display_exact(Instant::from_millis(at))
}

fn webhook_row(cx: &Cx, hook: webhook::Model) -> WebhookRow {
    let since = hook.failing_since.map(|since| told(cx, since));
    WebhookRow {
        id: WebhookId(hook.id),
        address: target::shown(&hook.url),
        events: hook.events.split(' ').filter_map(WebhookEvent::parse).collect(),
        made: format!("{}, {}", hook.created_by, told(cx, hook.created_at)),
        paused_since: hook.paused_at.map(|at| told(cx, at)),
        last_delivered: hook.last_success_at.map(|at| told(cx, at)),
        failing: since.map(|since| (since, hook.last_error.unwrap_or_default())),
    }
}

fn delivery_row(cx: &Cx, delivery: webhook_delivery::Model, addresses: &HashMap<Uuid, &str>) -> DeliveryRow {
    let state = DeliveryState::parse(&delivery.state).unwrap_or(DeliveryState::Failed);
    let event = WebhookEvent::parse(&delivery.event);
    let when = match state {
        DeliveryState::Queued => Some(delivery.next_try_at),
        DeliveryState::Delivered => delivery.delivered_at,
        DeliveryState::Failed => None,
    };
    DeliveryRow {
        id: DeliveryId(delivery.id),
        address: addresses.get(&delivery.webhook_id).copied().unwrap_or_default().to_owned(),
        event: event.map_or(delivery.event, |event| event.label().to_owned()),
        created: told(cx, delivery.created_at),
        state,
        when: when.map(|at| told(cx, at)),
        attempts: delivery.attempts,
        error: delivery.error,
    }
}

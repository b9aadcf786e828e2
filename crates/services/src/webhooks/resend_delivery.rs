use domain::{access::Right, ids::DeliveryId, webhooks::DeliveryState};
use entities::webhook_delivery as row;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

use super::{locked, record};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Sends a delivery again, under its id: one that waits is tried now, any other waits anew.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such delivery, or the actor lacks the right.
pub async fn resend_delivery(cx: &Cx, id: DeliveryId) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    let found = row::Entity::find_by_id(Uuid::from(id)).lock_exclusive().one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let hook = locked(&transaction, found.webhook_id).await?;
    let is_queued = found.state == DeliveryState::Queued.code();
    let mut changed = found.into_active_model();
    changed.next_try_at = Set(cx.now().millis());
    if !is_queued {
        changed.state = Set(DeliveryState::Queued.code().to_owned());
        changed.attempts = Set(0);
        changed.leased_until = Set(None);
        changed.delivered_at = Set(None);
        changed.status = Set(None);
        changed.error = Set(None);
    }
    changed.update(&transaction).await?;
    record(cx, &transaction, "webhook.resent", &hook).await?;
    transaction.commit().await?;
    cx.portico.webhook_bell.notify_one();
    Ok(())
}

use domain::{access::Right, ids::WebhookId, webhooks::WebhookEvent};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{
    announce::{Record, delivery},
    attempt::attempt,
    lease::{LEASE, Leased},
    locked, record,
};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Sends a test to a webhook at once, paused or not, and says what became of it. It is listed among the deliveries, and
/// tried once.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::Refused`], with the reason in words, when it was not delivered; [`ServiceError::NotFound`] when there is
/// no such webhook, or the actor lacks the right.
pub async fn send_test(cx: &Cx, id: WebhookId) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    let hook = locked(&transaction, id.into()).await?;
    let about = Record { kind: "webhook", id: hook.id, external_id: None, number: None };
    let mut row = delivery(cx, &hook, WebhookEvent::Test, about);
    // Ours from the beginning: no worker takes it.
    row.leased_until = Some(cx.now().plus(LEASE).millis());
    let delivery = row.into_active_model().insert(&transaction).await?;
    record(cx, &transaction, "webhook.tested", &hook).await?;
    transaction.commit().await?;
    match attempt(&cx.portico, &Leased { delivery, hook }).await? {
        (_, None) => Ok(()),
        (_, Some(why)) => Err(ServiceError::refused(why.words)),
    }
}

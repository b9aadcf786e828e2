use domain::{access::Right, ids::WebhookId};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{locked, record};
use crate::{Cx, ServiceResult, access::staff};

/// Pauses a webhook, or resumes it. What happens meanwhile waits, and is sent then. One that is so already stays as it is.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) when there is no such webhook, or the actor lacks the right.
pub async fn set_paused(cx: &Cx, id: WebhookId, is_paused: bool) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    let hook = locked(&transaction, id.into()).await?;
    if hook.paused_at.is_some() == is_paused {
        return Ok(());
    }
    record(cx, &transaction, if is_paused { "webhook.paused" } else { "webhook.resumed" }, &hook).await?;
    let mut hook = hook.into_active_model();
    hook.paused_at = Set(is_paused.then(|| cx.now().millis()));
    hook.update(&transaction).await?;
    transaction.commit().await?;
    cx.portico.webhook_bell.notify_one();
    Ok(())
}

use domain::{access::Right, ids::WebhookId};
use entities::webhook;
use sea_orm::EntityTrait;

use super::{locked, record};
use crate::{Cx, ServiceResult, access::staff};

/// Removes a webhook, with its secret and everything that it was or was to be told.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) when there is no such webhook, or the actor lacks the right.
pub async fn remove_webhook(cx: &Cx, id: WebhookId) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    let hook = locked(&transaction, id.into()).await?;
    webhook::Entity::delete_by_id(hook.id).exec(&transaction).await?;
    record(cx, &transaction, "webhook.removed", &hook).await?;
    transaction.commit().await?;
    Ok(())
}

use domain::{ids::SessionId, users::device};
use entities::session;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    access::account_holder,
    users::{lock, record},
};

/// Logs somebody out of one browser, at its next request. One that is gone already is done, and another person's is
/// answered alike and stays.
///
/// # Permissions
/// The session's own user.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for whoever has no account of their own.
pub async fn end_session(cx: &Cx, id: SessionId) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let transaction = cx.begin().await?;
    let user = lock(&transaction, holder.user).await?;
    let found = session::Entity::find()
        .filter(session::Column::PublicId.eq(Uuid::from(id)))
        .filter(session::Column::UserId.eq(user.id))
        .one(&transaction)
        .await?;
    let Some(found) = found else { return Ok(()) };
    session::Entity::delete_by_id(found.id_hash).exec(&transaction).await?;
    let data = json!({ "device": device(&found.agent), "from": found.address });
    record(cx, &transaction, "user.session_ended", &user, data).await?;
    transaction.commit().await?;
    Ok(())
}

use domain::{access::Right, ids::ApiKeyId};
use entities::api_key;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// Revokes a key: from now on it opens nothing. One that was revoked stays as it is. No password is asked for, since
/// a key that got lost must be gone at once.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such key, or the actor lacks the right.
pub async fn revoke_key(cx: &Cx, id: ApiKeyId) -> ServiceResult<()> {
    staff(cx, Right::ManageSettings)?;
    let transaction = cx.begin().await?;
    let found = api_key::Entity::find_by_id(Uuid::from(id)).one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let revoked = api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(cx.now().millis()))
        .filter(api_key::Column::Id.eq(found.id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(&transaction)
        .await?;
    if revoked.rows_affected == 0 {
        return Ok(());
    }
    let event = Event {
        action: "api_key.revoked",
        subject: &found.name,
        subject_id: Some(found.id),
        entity_id: None,
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

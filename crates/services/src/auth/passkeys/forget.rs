use entities::passkey as row;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::ServiceResult;

/// Forgets every passkey of a user who begins anew with a first password: whoever had them before need not be the one
/// whom the invitation reached.
pub(crate) async fn forget_all(connection: &impl ConnectionTrait, user: Uuid) -> ServiceResult<()> {
    row::Entity::delete_many().filter(row::Column::UserId.eq(user)).exec(connection).await?;
    Ok(())
}

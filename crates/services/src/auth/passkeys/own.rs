//! The passkeys of whoever is signed in.

use domain::{
    Instant,
    ids::PasskeyId,
    passkeys::{Passkey, PasskeyName},
};
use entities::passkey as row;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{ServiceError, ServiceResult};

/// So many are plenty; a list stays one that people can look through.
const MOST: usize = 20;

/// All of a user's, oldest first.
pub(super) async fn all(connection: &impl ConnectionTrait, user: Uuid) -> ServiceResult<Vec<row::Model>> {
    let all = row::Entity::find()
        .filter(row::Column::UserId.eq(user))
        .order_by_asc(row::Column::Id)
        .all(connection)
        .await?;
    Ok(all)
}

/// One of a user's; anybody else's does not exist.
pub(super) async fn one(
    connection: &impl ConnectionTrait,
    user: Uuid,
    id: PasskeyId,
) -> ServiceResult<row::Model> {
    row::Entity::find_by_id(Uuid::from(id))
        .filter(row::Column::UserId.eq(user))
        .one(connection)
        .await?
        .ok_or(ServiceError::NotFound)
}

/// Refuses a name that another one has.
pub(super) fn check_name(others: &[row::Model], name: &PasskeyName) -> ServiceResult<()> {
    if others.iter().any(|other| name.is_like(&other.name)) {
        return Err(ServiceError::field(
            "name",
            "Another passkey of yours has this name. Choose another one.",
        ));
    }
    Ok(())
}

/// Refuses one more than [`MOST`].
pub(super) fn check_room(all: &[row::Model]) -> ServiceResult<()> {
    if all.len() >= MOST {
        return Err(ServiceError::refused(format!(
            "You have {MOST} passkeys, and more are not kept. Remove one that you do not use any more."
        )));
    }
    Ok(())
}

/// As its owner sees it.
pub(super) fn shown(row: row::Model) -> Passkey {
    Passkey {
        id: PasskeyId(row.id),
        name: row.name,
        created: Instant::from_millis(row.created_at),
        last_used: row.last_used_at.map(Instant::from_millis),
    }
}

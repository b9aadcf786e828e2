use domain::access::SEEDED_GROUPS;
use entities::{group, group_permission};
use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};

use crate::{Cx, ServiceResult, ids};

/// Gives a new installation its permission groups; does nothing once there are any.
///
/// # Errors
/// When the database fails.
pub async fn seed_groups(cx: &Cx) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    if group::Entity::find().count(&transaction).await? > 0 {
        return Ok(());
    }
    for seeded in SEEDED_GROUPS {
        let id = ids::mint(cx.now());
        let row = group::ActiveModel {
            id: Set(id),
            code: Set(Some(seeded.code.to_owned())),
            name: Set(seeded.name.to_owned()),
            description: Set(seeded.description.to_owned()),
            is_default: Set(seeded.is_default),
            require_two_factor: Set(false),
            version: Set(1),
        };
        group::Entity::insert(row).exec_without_returning(&transaction).await?;
        let permissions = seeded.permissions();
        let rows = permissions.iter().map(|(permission, scope)| group_permission::ActiveModel {
            group_id: Set(id),
            area: Set(permission.area().to_owned()),
            action: Set(permission.action().to_owned()),
            scope: Set(scope.code().to_owned()),
        });
        if permissions.iter().next().is_some() {
            group_permission::Entity::insert_many(rows).exec_without_returning(&transaction).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

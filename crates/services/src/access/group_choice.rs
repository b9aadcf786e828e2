use domain::{
    access::{COMPANY_ADMIN, GroupChoice, NON_PORTAL, Right},
    ids::GroupId,
};
use entities::{contact, group};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{done::Done, staff};
use crate::{Cx, ServiceError, ServiceResult, Transaction};

/// What a refusal says of a group that is gone or not for people.
pub(super) const NO_SUCH_GROUP: &str = "This permission group cannot be given: choose another one.";

/// The groups that people can be in, the default first: all but the one of secure links.
pub(super) async fn groups(connection: &impl ConnectionTrait) -> ServiceResult<Vec<group::Model>> {
    let groups = group::Entity::find()
        .filter(for_people())
        .order_by_desc(group::Column::IsDefault)
        .order_by_asc(group::Column::Name)
        .all(connection)
        .await?;
    Ok(groups)
}

/// The permission groups that can be given, the default first.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_group_choices(cx: &Cx) -> ServiceResult<Vec<GroupChoice>> {
    staff(cx, Right::ManageAccess)?;
    choices(cx.db().pool()).await
}

/// Every permission group, that of secure links among them, by name.
pub(crate) async fn all_groups(connection: &impl ConnectionTrait) -> ServiceResult<Vec<GroupChoice>> {
    let found = group::Entity::find().order_by_asc(group::Column::Name).all(connection).await?;
    Ok(found.iter().map(choice).collect())
}

/// The groups to choose from.
pub(super) async fn choices(connection: &impl ConnectionTrait) -> ServiceResult<Vec<GroupChoice>> {
    Ok(groups(connection).await?.iter().map(choice).collect())
}

/// A group as a select shows it.
pub(super) fn choice(group: &group::Model) -> GroupChoice {
    GroupChoice { id: GroupId(group.id), name: group.name.clone(), description: group.description.clone() }
}

/// The chosen group, or the one that fits the contact: a portal user on the customer itself gets everything,
/// one on a contact under it the default group.
pub(super) async fn group_for(
    transaction: &Transaction,
    contact: &contact::Model,
    chosen: Option<GroupId>,
) -> ServiceResult<Result<group::Model, Done>> {
    if let Some(chosen) = chosen {
        let found = find(transaction, chosen).await?;
        return Ok(found.ok_or_else(|| Done::refused(NO_SUCH_GROUP)));
    }
    let which = if contact.entity_id == contact.id {
        group::Column::Code.eq(COMPANY_ADMIN)
    } else {
        group::Column::IsDefault.eq(true)
    };
    let default = || group::Entity::find().filter(group::Column::IsDefault.eq(true)).one(transaction);
    let found = match group::Entity::find().filter(which).one(transaction).await? {
        Some(found) => Some(found),
        None => default().await?,
    };
    let missing = || ServiceError::internal(anyhow::anyhow!("there is no default permission group"));
    Ok(Ok(found.ok_or_else(missing)?))
}

/// A group that people can be in.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: GroupId,
) -> ServiceResult<Option<group::Model>> {
    let found = group::Entity::find_by_id(Uuid::from(id)).filter(for_people()).one(connection).await?;
    Ok(found)
}

fn for_people() -> Condition {
    Condition::any().add(group::Column::Code.is_null()).add(group::Column::Code.ne(NON_PORTAL))
}

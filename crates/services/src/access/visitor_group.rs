use std::sync::Arc;

use domain::{
    access::{NON_PORTAL, PermissionSet},
    ids::{ContactId, GroupId},
};
use entities::{contact, group, membership};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::check::{Check, passes};
use crate::{Portico, ServiceResult};

/// What a customer's secure link gives: the *Non-portal users* group.
pub(crate) async fn visitor_group(
    portico: &Portico,
) -> ServiceResult<Option<(GroupId, String, Arc<PermissionSet>)>> {
    let found =
        group::Entity::find().filter(group::Column::Code.eq(NON_PORTAL)).one(portico.db.pool()).await?;
    let Some(found) = found else { return Ok(None) };
    let permissions = portico.groups.permissions(&portico.db, found.id, found.version).await?;
    Ok(Some((GroupId(found.id), found.name, permissions)))
}

/// Whether a customer's secure link works alone: only while the customer has no portal user.
pub(crate) async fn may_visit(portico: &Portico, entity: ContactId) -> ServiceResult<bool> {
    Ok(passes(Check::NoPortalUser, !has_portal_user(portico.db.pool(), entity).await?))
}

/// Whether anybody of a commercial entity has portal access; unclaimed invitations count.
pub(crate) async fn has_portal_user(
    connection: &impl ConnectionTrait,
    entity: ContactId,
) -> ServiceResult<bool> {
    let found = membership::Entity::find()
        .join(JoinType::InnerJoin, membership::Relation::Contact.def())
        .filter(contact::Column::EntityId.eq(Uuid::from(entity)))
        .filter(membership::Column::State.ne("ended"))
        .limit(1)
        .one(connection)
        .await?;
    Ok(found.is_some())
}

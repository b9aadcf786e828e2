use std::{collections::HashMap, sync::Arc};

use domain::{
    access::{Permission, PermissionSet, may_give},
    ids::ContactId,
};
use entities::{contact, group, membership};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::super::{
    PortalActor, Scope,
    check::{Check, passes},
    group_choice::groups,
    portal_users::{Live, live_where},
};
use crate::{Cx, ServiceError, ServiceResult, Transaction};

/// What a refusal says that would leave a company with nobody to manage its members.
const LAST: &str = "This is the last person who manages members here: let somebody else manage them first.";

/// The condition for memberships within a scope.
pub(in crate::access) fn within(scope: &Scope) -> Condition {
    Condition::all().add(scope.whose(
        Expr::col((contact::Entity, contact::Column::Id)),
        Expr::col((contact::Entity, contact::Column::EntityId)),
    ))
}

/// Whether somebody may give, or take away, what a group allows: nobody deals in rights that they lack.
pub(super) fn is_within_own(actor: &PortalActor, group: &PermissionSet) -> bool {
    passes(Check::GiveWithin, may_give(&actor.permissions, group))
}

/// What each group that people can be in allows, the default first.
pub(super) async fn permissions_of_groups(cx: &Cx) -> ServiceResult<Vec<(group::Model, Arc<PermissionSet>)>> {
    let mut all = Vec::new();
    for group in groups(cx.db().pool()).await? {
        let permissions = permissions_of(cx, &group).await?;
        all.push((group, permissions));
    }
    Ok(all)
}

/// What a group allows.
pub(super) async fn permissions_of(cx: &Cx, group: &group::Model) -> ServiceResult<Arc<PermissionSet>> {
    cx.portico.groups.permissions(cx.db(), group.id, group.version).await
}

/// One member within a scope. Changes of a company's members take turns: its row is locked.
pub(super) async fn lock_member(
    transaction: &Transaction,
    scope: &Scope,
    id: ContactId,
) -> ServiceResult<Live> {
    let found = contact::Entity::find_by_id(Uuid::from(id)).one(transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    contact::Entity::find_by_id(found.entity_id).lock_exclusive().one(transaction).await?;
    let which = within(scope).add(membership::Column::ContactId.eq(Uuid::from(id)));
    let live = live_where(transaction, which, 1).await?.into_iter().next();
    live.ok_or(ServiceError::NotFound)
}

/// Refuses what would leave a company, of which `leaving` manages the members, without anybody who does.
pub(super) async fn keep_somebody(cx: &Cx, transaction: &Transaction, leaving: &Live) -> ServiceResult<()> {
    let others = Condition::all().add(membership::Column::Id.ne(leaving.membership.id));
    if !manages(cx, leaving).await?
        || somebody_manages(cx, transaction, leaving.contact.entity_id, others).await?
    {
        return Ok(());
    }
    if passes(Check::LastManager, false) { Ok(()) } else { Err(ServiceError::refused(LAST)) }
}

/// Whether one of a company's memberships that match is in force and manages its members.
pub(in crate::access) async fn somebody_manages(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    entity: Uuid,
    which: Condition,
) -> ServiceResult<bool> {
    let others = which.add(contact::Column::EntityId.eq(entity)).add(membership::Column::State.eq("active"));
    let mut known: HashMap<Uuid, bool> = HashMap::new();
    for other in live_where(connection, others, u64::MAX / 2).await? {
        let now = cx.now().millis();
        let is_valid = other.membership.valid_from.is_none_or(|from| from <= now)
            && other.membership.valid_until.is_none_or(|until| now < until)
            && other.user.status == "active";
        let does = match known.get(&other.group.id) {
            Some(does) => *does,
            None => manages(cx, &other).await?,
        };
        known.insert(other.group.id, does);
        if is_valid && does {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a membership's group manages members.
pub(in crate::access) async fn manages(cx: &Cx, live: &Live) -> ServiceResult<bool> {
    Ok(permissions_of(cx, &live.group).await?.scope_of(Permission::MembersEdit).is_some())
}

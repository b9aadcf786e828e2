use domain::{
    access::Permission,
    ids::{ContactId, GroupId},
};

use super::{
    super::{
        done::Done,
        gate::{portal, portal_scope},
        group_choice::{self, NO_SUCH_GROUP},
        regroup::regroup,
    },
    rules::{is_within_own, keep_somebody, lock_member, permissions_of},
};
use crate::{Cx, ServiceError, ServiceResult};

/// Puts a colleague into another permission group.
///
/// # Permissions
/// `members.edit`, and everything that the old group and the new one allow: nobody raises themselves, and
/// nobody touches somebody above them.
///
/// # Errors
/// [`ServiceError::NotFound`] for whom the actor does not reach or who is above them,
/// [`ServiceError::Invalid`] for a group that cannot be given, [`ServiceError::Refused`] for the last person
/// who manages members.
pub async fn edit_member(cx: &Cx, member: ContactId, group: &str) -> ServiceResult<()> {
    let scope = portal_scope(cx, Permission::MembersEdit)?;
    let actor = portal(cx)?;
    let refused = || ServiceError::field("group", NO_SUCH_GROUP);
    let group: GroupId = group.parse().map_err(|_no_key| refused())?;
    let transaction = cx.begin().await?;
    let live = lock_member(&transaction, &scope, member).await?;
    if !is_within_own(actor, &*permissions_of(cx, &live.group).await?) {
        return Err(ServiceError::NotFound);
    }
    let chosen = group_choice::find(&transaction, group).await?.ok_or_else(refused)?;
    let permissions = permissions_of(cx, &chosen).await?;
    if !is_within_own(actor, &permissions) {
        return Err(refused());
    }
    if permissions.scope_of(Permission::MembersEdit).is_none() {
        keep_somebody(cx, &transaction, &live).await?;
    }
    if let Done::Refused(text) = regroup(cx, &transaction, &live.contact, Some(group)).await? {
        return Err(ServiceError::field("group", text));
    }
    transaction.commit().await?;
    Ok(())
}

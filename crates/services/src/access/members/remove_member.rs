use domain::{access::Permission, ids::ContactId};

use super::{
    super::{
        gate::{portal, portal_scope},
        revoke::end_memberships_of_contact,
    },
    rules::{is_within_own, keep_somebody, lock_member, permissions_of},
};
use crate::{Cx, ServiceError, ServiceResult};

/// Ends a colleague's access, or the own; it acts at their next request.
///
/// # Permissions
/// `members.remove`, and everything that their group allows.
///
/// # Errors
/// [`ServiceError::NotFound`] for whom the actor does not reach or who is above them,
/// [`ServiceError::Refused`] for the last person who manages members.
pub async fn remove_member(cx: &Cx, member: ContactId) -> ServiceResult<()> {
    let scope = portal_scope(cx, Permission::MembersRemove)?;
    let actor = portal(cx)?;
    let transaction = cx.begin().await?;
    let live = lock_member(&transaction, &scope, member).await?;
    if !is_within_own(actor, &*permissions_of(cx, &live.group).await?) {
        return Err(ServiceError::NotFound);
    }
    keep_somebody(cx, &transaction, &live).await?;
    end_memberships_of_contact(cx, &transaction, &live.contact, "access.revoked").await?;
    transaction.commit().await?;
    Ok(())
}

use std::collections::HashMap;

use domain::{
    access::{Member, Members, Permission, PortalState},
    ids::ContactId,
};
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{
    super::{
        Scope,
        gate::{portal, portal_scope, portal_scope_if_any},
        group_choice::choice,
        portal_users::{Live, live_where},
    },
    rules::{is_within_own, permissions_of_groups, within},
};
use crate::{Cx, ServiceResult};

/// The page shows no more members than this.
const MOST: usize = 500;

/// Everybody with portal access whom the reader may see, and what they may do with each.
///
/// # Permissions
/// `members.view`; `members.invite`, `members.edit` and `members.remove` for the actions offered.
///
/// # Errors
/// When the actor lacks the permission, or the database fails.
pub async fn list_members(cx: &Cx) -> ServiceResult<Members> {
    let scope = portal_scope(cx, Permission::MembersView)?;
    let actor = portal(cx)?;
    let may = |permission| portal_scope_if_any(cx, permission);
    let (invite, edit, remove) =
        (may(Permission::MembersInvite)?, may(Permission::MembersEdit)?, may(Permission::MembersRemove)?);
    let pool = cx.db().pool();
    let mut found = live_where(pool, within(&scope), MOST as u64 + 1).await?;
    let more = found.len() > MOST;
    found.truncate(MOST);
    let groups = permissions_of_groups(cx).await?;
    let givable: Vec<Uuid> =
        groups.iter().filter(|(_, set)| is_within_own(actor, set)).map(|(group, _)| group.id).collect();
    let companies = companies(cx, actor.entity, &found).await?;
    let members = found
        .iter()
        .map(|live| {
            let is_below_own = givable.contains(&live.group.id);
            let reached = |scope: &Option<Scope>| scope.as_ref().is_some_and(|scope| reaches(scope, live));
            Member {
                user: {
                    let mut user = live.to_portal_user();
                    if user.state == PortalState::Pending {
                        // That somebody signs in for another company is nobody's business here.
                        user.state = PortalState::Invited;
                        user.last_authenticated = None;
                    }
                    user
                },
                company: companies.get(&live.contact.entity_id).cloned(),
                is_self: Some(live.user.id) == actor.user.map(Uuid::from),
                may_edit: is_below_own && reached(&edit),
                may_remove: is_below_own && reached(&remove),
            }
        })
        .collect();
    Ok(Members {
        members,
        groups: groups
            .iter()
            .filter(|(group, _)| givable.contains(&group.id))
            .map(|(group, _)| choice(group))
            .collect(),
        may_invite: invite.is_some_and(|scope| scope.reaches_company()),
        more,
    })
}

/// Whether a member is within a scope, as far as the page needs to know: what is offered in vain is refused.
fn reaches(scope: &Scope, live: &Live) -> bool {
    scope.reaches_company() || scope.is_of(ContactId(live.contact.id))
}

/// The names of companies other than the reader's own.
async fn companies(cx: &Cx, own: ContactId, found: &[Live]) -> ServiceResult<HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = found.iter().map(|live| live.contact.entity_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| *id != Uuid::from(own));
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = contact::Entity::find().filter(contact::Column::Id.is_in(ids)).all(cx.db().pool()).await?;
    Ok(found.into_iter().map(|company| (company.id, company.name)).collect())
}

use domain::{
    access::{Affected, COMPANY_ADMIN, GroupEffects, NO_ACCESS, NON_PORTAL, Right},
    ids::GroupId,
};
use entities::{contact, group, membership};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use super::{
    people::{live, people_of},
    save_group::{effects, tell},
    stored::{self, Stored},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
};

/// What became of a group that was to be deleted.
#[derive(Debug)]
pub enum GroupDeleted {
    /// It is gone.
    Done,
    /// Nothing was deleted yet: this is what moving would do to its people. Sent again with the confirmation, it
    /// is deleted.
    Confirm(GroupEffects),
}

/// Deletes a permission group, after its people moved to the group `move_to`; all of it, or nothing.
///
/// Memberships that ended are kept too. Without a group to move to they get *No access*: should an end be undone,
/// nothing is allowed until somebody decides.
///
/// Deleting twice is the same as once.
///
/// # Permissions
/// [`Right::ManageGroups`].
///
/// # Errors
/// [`ServiceError::Refused`] for a group that must stay; [`ServiceError::Invalid`] when its people have nowhere
/// to go.
pub async fn delete_group(
    cx: &Cx,
    id: GroupId,
    move_to: &str,
    confirmation: &str,
) -> ServiceResult<GroupDeleted> {
    staff(cx, Right::ManageGroups)?;
    let id = Uuid::from(id);
    let transaction = cx.begin().await?;
    let groups = stored::all_locked(&transaction).await?;
    let group = match stored::among(&transaction, &groups, id).await {
        Err(ServiceError::NotFound) => return Ok(GroupDeleted::Done),
        other => other?,
    };
    if let Some(reason) = kept_because(&group.row) {
        return Err(ServiceError::refused(reason));
    }
    let people = people_of(&transaction, cx.now(), Some(id)).await?.get(&id).copied().unwrap_or_default();
    let target = target(&transaction, &groups, id, move_to, people).await?;
    if let Some(target) = &target {
        let effects = effects(Affected::People(people), &group.form(), &target.form())?;
        if effects.matter() && effects.confirmation != confirmation {
            return Ok(GroupDeleted::Confirm(effects));
        }
        move_people(cx, &transaction, &group, target).await?;
    }
    let rest = target.map(|target| target.row.id).or_else(|| of_code(&groups, NO_ACCESS));
    let rest =
        rest.ok_or_else(|| ServiceError::internal(anyhow::anyhow!("there is no group without access")))?;
    membership::Entity::update_many()
        .col_expr(membership::Column::GroupId, Expr::value(rest))
        .filter(membership::Column::GroupId.eq(id))
        .exec(&transaction)
        .await?;
    group::Entity::delete_by_id(id).exec(&transaction).await?;
    let data = json!({ "before": stored::told(&group.form()), "people_moved": people });
    tell(cx, &transaction, "group.deleted", id, &group.row.name, data).await?;
    transaction.commit().await?;
    Ok(GroupDeleted::Done)
}

/// Why a group cannot be deleted, if so.
pub(super) fn kept_because(group: &group::Model) -> Option<&'static str> {
    match group.code.as_deref() {
        _ if group.is_default => {
            Some("New portal users get this group: make another group the default first.")
        }
        Some(NON_PORTAL) => Some("Secure links give this group: edit what it allows instead."),
        Some(COMPANY_ADMIN) => {
            Some("Portal users on a customer itself get this group: edit what it allows instead.")
        }
        Some(NO_ACCESS) => {
            Some("This group is what remains when nothing is allowed: give people another one instead.")
        }
        _ => None,
    }
}

/// Where the people go; nowhere when there are none.
async fn target(
    transaction: &Transaction,
    groups: &[group::Model],
    id: Uuid,
    move_to: &str,
    people: i64,
) -> ServiceResult<Option<Stored>> {
    if move_to.is_empty() && people == 0 {
        return Ok(None);
    }
    let chosen = move_to.parse::<GroupId>().ok().map(Uuid::from);
    let target = groups
        .iter()
        .find(|other| Some(other.id) == chosen && other.id != id && !stored::is_for_visitors(other));
    let Some(target) = target else {
        return Err(ServiceError::field("move_to", "Choose the group that its people move to."));
    };
    stored::among(transaction, groups, target.id).await.map(Some)
}

/// Moves everybody of a group to another one, and tells of each.
async fn move_people(cx: &Cx, transaction: &Transaction, from: &Stored, to: &Stored) -> ServiceResult<()> {
    let moving = membership::Entity::find()
        .filter(membership::Column::GroupId.eq(from.row.id))
        .filter(live(cx.now()))
        .order_by_asc(membership::Column::Id)
        .find_also_related(contact::Entity)
        .all(transaction)
        .await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::GroupId, Expr::value(to.row.id))
        .filter(membership::Column::GroupId.eq(from.row.id))
        .filter(live(cx.now()))
        .exec(transaction)
        .await?;
    for contact in moving.into_iter().filter_map(|(_, contact)| contact) {
        let event = Event {
            action: "group.people_moved",
            subject: &contact.name,
            subject_id: Some(contact.id),
            entity_id: Some(contact.entity_id),
            data: json!({ "before": { "group": from.row.name }, "after": { "group": to.row.name } }),
        };
        audit::record(cx, transaction, event).await?;
    }
    Ok(())
}

fn of_code(groups: &[group::Model], code: &str) -> Option<Uuid> {
    groups.iter().find(|group| group.code.as_deref() == Some(code)).map(|group| group.id)
}

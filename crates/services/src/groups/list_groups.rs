use domain::{
    access::{GroupRow, Right},
    ids::GroupId,
};

use super::{people::people_of, stored};
use crate::{Cx, ServiceResult, access::staff};

/// Every permission group by name, with how many people have it. Two statements.
///
/// # Permissions
/// [`Right::ManageGroups`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_groups(cx: &Cx) -> ServiceResult<Vec<GroupRow>> {
    staff(cx, Right::ManageGroups)?;
    let groups = stored::all(cx.db().pool()).await?;
    let people = people_of(cx.db().pool(), cx.now(), None).await?;
    Ok(groups
        .into_iter()
        .map(|group| GroupRow {
            id: GroupId(group.id),
            people: people.get(&group.id).copied().unwrap_or_default(),
            is_for_visitors: stored::is_for_visitors(&group),
            is_default: group.is_default,
            require_two_factor: group.require_two_factor,
            name: group.name,
            description: group.description,
        })
        .collect())
}

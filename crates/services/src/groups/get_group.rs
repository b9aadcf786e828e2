use domain::{
    access::{GroupPage, Right},
    ids::GroupId,
};
use uuid::Uuid;

use super::{delete_group::kept_because, people::people_of, stored};
use crate::{Cx, ServiceResult, access::staff};

/// A permission group with all that it allows. Three statements.
///
/// # Permissions
/// [`Right::ManageGroups`].
///
/// # Errors
/// [`crate::ServiceError::NotFound`] when the actor lacks the right or there is no such group.
pub async fn get_group(cx: &Cx, id: GroupId) -> ServiceResult<GroupPage> {
    staff(cx, Right::ManageGroups)?;
    let id = Uuid::from(id);
    let groups = stored::all(cx.db().pool()).await?;
    let group = stored::among(cx.db().pool(), &groups, id).await?;
    let people = people_of(cx.db().pool(), cx.now(), Some(id)).await?;
    let others = groups.iter().filter(|other| other.id != id && !stored::is_for_visitors(other));
    Ok(GroupPage {
        id: GroupId(id),
        form: group.form(),
        people: people.get(&id).copied().unwrap_or_default(),
        is_for_visitors: group.is_for_visitors(),
        kept_because: kept_because(&group.row).map(str::to_owned),
        others: others.map(|other| (GroupId(other.id), other.name.clone())).collect(),
    })
}

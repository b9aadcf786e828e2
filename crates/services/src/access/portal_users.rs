use domain::{
    Instant,
    access::PortalUser,
    ids::{ContactId, GroupId},
};
use entities::{contact, group, membership, user};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::list_grant_rows::portal_state;
use crate::ServiceResult;

/// A live membership with its user, contact and group.
#[derive(Debug)]
pub(crate) struct Live {
    pub membership: membership::Model,
    pub user: user::Model,
    pub contact: contact::Model,
    pub group: group::Model,
}

impl Live {
    /// How it is shown.
    pub(crate) fn to_portal_user(&self) -> PortalUser {
        let Self { membership, user, contact, group } = self;
        let at = |millis: Option<i64>| millis.map(Instant::from_millis);
        PortalUser {
            contact: ContactId(contact.id),
            name: contact.name.clone(),
            is_customer: contact.id == contact.entity_id,
            login: user.login.clone(),
            group: GroupId(group.id),
            group_name: group.name.clone(),
            state: portal_state(membership, user),
            require_two_factor: user.require_two_factor,
            valid_from: at(membership.valid_from),
            valid_until: at(membership.valid_until),
            last_authenticated: at(user.last_authenticated_at),
        }
    }
}

/// Live memberships that match, by the contact's name: one statement for any number.
pub(crate) async fn live_where(
    connection: &impl ConnectionTrait,
    condition: Condition,
    most: u64,
) -> ServiceResult<Vec<Live>> {
    let found = membership::Entity::find()
        .find_also_related(user::Entity)
        .find_also_related(contact::Entity)
        .find_also(membership::Entity, group::Entity)
        .filter(membership::Column::State.ne("ended"))
        .filter(condition)
        .order_by_asc(contact::Column::NameKey)
        .order_by_asc(membership::Column::Id)
        .limit(most)
        .all(connection)
        .await?;
    let whole = |(membership, user, contact, group): (_, Option<_>, Option<_>, Option<_>)| {
        Some(Live { membership, user: user?, contact: contact?, group: group? })
    };
    Ok(found.into_iter().filter_map(whole).collect())
}

/// The live membership of one contact.
pub(super) async fn live_of(
    connection: &impl ConnectionTrait,
    contact: ContactId,
) -> ServiceResult<Option<Live>> {
    let condition = Condition::all().add(membership::Column::ContactId.eq(Uuid::from(contact)));
    Ok(live_where(connection, condition, 1).await?.into_iter().next())
}

use std::collections::HashMap;

use domain::{
    Instant, Page,
    access::Right,
    ids::UserId,
    users::{UserFilter, UserKind, UserRow, UserStatus},
};
use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{condition, memberships, two_factor};
use crate::{
    Cx, ServiceResult,
    access::staff,
    page::{self, Seek},
};

/// Users by login, filtered, a page at a time.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_users(cx: &Cx, filter: &UserFilter) -> ServiceResult<Page<UserRow>> {
    staff(cx, Right::ManageUsers)?;
    let (way, start) = page::seek::<String>(&filter.page);
    let is_first = start.is_none();
    let mut query = user::Entity::find().filter(condition::of(cx.db().pool(), filter).await?);
    // Logins are unique: no second key is needed.
    if let Some((login, _)) = start {
        query = query.filter(match way {
            Seek::Forward => user::Column::Login.gt(login),
            Seek::Backward => user::Column::Login.lt(login),
        });
    }
    let order = if way == Seek::Forward { Order::Asc } else { Order::Desc };
    let query = query.order_by(user::Column::Login, order);
    let found = page::read(cx, query, way, is_first, |user| (user.login.clone(), user.id)).await?;
    let ids: Vec<Uuid> = found.items.iter().map(|user| user.id).collect();
    let mut theirs: HashMap<Uuid, Vec<memberships::Row>> = HashMap::new();
    for membership in memberships::live(cx.db().pool(), &ids).await? {
        theirs.entry(membership.user_id).or_default().push(membership);
    }
    Ok(found.map(|user| {
        let memberships = theirs.remove(&user.id).unwrap_or_default();
        to_row(user, &memberships)
    }))
}

fn to_row(user: user::Model, memberships: &[memberships::Row]) -> UserRow {
    UserRow {
        id: UserId(user.id),
        kind: UserKind::parse(&user.kind, user.role.as_deref()),
        groups: each_once(memberships.iter().map(|membership| &membership.group)),
        companies: each_once(memberships.iter().map(|membership| &membership.company)),
        status: UserStatus::parse(&user.status).unwrap_or(UserStatus::Disabled),
        two_factor: two_factor::is_on(&user),
        last_authenticated: user.last_authenticated_at.map(Instant::from_millis),
        login: user.login,
        name: user.name,
    }
}

fn each_once<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut names: Vec<String> = names.cloned().collect();
    names.sort();
    names.dedup();
    names
}

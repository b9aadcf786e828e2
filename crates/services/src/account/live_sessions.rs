use entities::{device, session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    access::AccountHolder,
    auth::{Level, session_limits},
};

/// More are not shown; all of them can be ended.
const MOST: u64 = 100;

/// The sessions in which somebody is logged in all the way: the one at hand first, then those used last.
pub(super) async fn live_sessions(cx: &Cx, holder: &AccountHolder) -> ServiceResult<Vec<session::Model>> {
    let limits = session_limits(holder.is_staff);
    let mut found = session::Entity::find()
        .filter(session::Column::UserId.eq(holder.id()))
        .filter(session::Column::Level.eq(Level::Full.code()))
        .filter(session::Column::LastSeenAt.gt(cx.now().plus(-limits.idle).millis()))
        .filter(session::Column::CreatedAt.gt(cx.now().plus(-limits.absolute).millis()))
        .order_by_desc(session::Column::LastSeenAt)
        .limit(MOST)
        .all(cx.db().pool())
        .await?;
    found.sort_by_key(|session| !is_current(cx, session));
    Ok(found)
}

/// Whether a session is the one that asks.
pub(super) fn is_current(cx: &Cx, session: &session::Model) -> bool {
    cx.session() == Some(session.id_hash.as_str())
}

/// The browsers that somebody signed in from, those used last first.
pub(super) async fn devices(cx: &Cx, user: Uuid) -> ServiceResult<Vec<device::Model>> {
    let found = device::Entity::find()
        .filter(device::Column::UserId.eq(user))
        .order_by_desc(device::Column::LastSeenAt)
        .all(cx.db().pool())
        .await?;
    Ok(found)
}

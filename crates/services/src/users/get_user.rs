use domain::{
    Instant, Login,
    access::Right,
    ids::{ContactId, UserId},
    users::{UserKind, UserMembership, UserPage, UserSession, UserStatus, device},
};
use entities::{session, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{audit_trail, memberships, subject::is_self, two_factor};
use crate::{Cx, ServiceError, ServiceResult, access::staff, auth};

/// How many sessions a page shows.
const MOST_SESSIONS: u64 = 50;

/// A user's page, in four statements.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such user or the actor lacks the right.
pub async fn get_user(cx: &Cx, id: UserId) -> ServiceResult<UserPage> {
    staff(cx, Right::ManageUsers)?;
    let connection = cx.db().pool();
    let found = user::Entity::find_by_id(Uuid::from(id)).one(connection).await?;
    let user = found.ok_or(ServiceError::NotFound)?;
    let memberships = memberships::all(connection, user.id).await?;
    let contacts: Vec<Uuid> = memberships.iter().map(|membership| membership.contact_id).collect();
    let limits = auth::session_limits(user.kind == "staff");
    let sessions = session::Entity::find()
        .filter(session::Column::UserId.eq(user.id))
        .filter(session::Column::LastSeenAt.gt(cx.now().plus(-limits.idle).millis()))
        .filter(session::Column::CreatedAt.gt(cx.now().plus(-limits.absolute).millis()))
        .order_by_desc(session::Column::LastSeenAt)
        .limit(MOST_SESSIONS)
        .all(connection)
        .await?;
    Ok(UserPage {
        id,
        is_email: Login::from_typed(&user.login).email().is_some(),
        kind: UserKind::parse(&user.kind, user.role.as_deref()),
        status: UserStatus::parse(&user.status).unwrap_or(UserStatus::Disabled),
        has_password: user.password_hash.is_some(),
        require_two_factor: user.require_two_factor,
        two_factor: two_factor::is_on(&user),
        last_authenticated: user.last_authenticated_at.map(Instant::from_millis),
        created: Instant::from_millis(user.created_at),
        is_self: is_self(cx, user.id),
        memberships: memberships.into_iter().map(to_membership).collect(),
        sessions: sessions.into_iter().map(|session| to_session(cx, session)).collect(),
        trail: audit_trail::newest(connection, user.id, &contacts).await?,
        login: user.login,
        name: user.name,
    })
}

fn to_membership(row: memberships::Row) -> UserMembership {
    UserMembership {
        contact: ContactId(row.contact_id),
        name: row.contact,
        company: row.company,
        group: row.group,
        state: row.state,
        valid_from: row.valid_from.map(Instant::from_millis),
        valid_until: row.valid_until.map(Instant::from_millis),
    }
}

fn to_session(cx: &Cx, session: session::Model) -> UserSession {
    UserSession {
        device: device(&session.agent),
        address: session.address,
        created: Instant::from_millis(session.created_at),
        last_seen: Instant::from_millis(session.last_seen_at),
        is_current: cx.session() == Some(session.id_hash.as_str()),
    }
}

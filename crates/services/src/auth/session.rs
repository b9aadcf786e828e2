use domain::{
    Instant,
    ids::{ContactId, MembershipId, UserId},
};
use entities::session;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;
use uuid::Uuid;

use crate::{Cx, Origin, Portico, ServiceResult};

/// How long sessions live, by side.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    /// Without a request.
    pub idle: Duration,
    /// In all.
    pub absolute: Duration,
}

/// Customers: an hour idle, a day in all (ASVS 7.3.1, 7.3.2).
pub(super) const PORTAL: SessionLimits =
    SessionLimits { idle: Duration::minutes(60), absolute: Duration::hours(24) };
/// Staff: half an hour idle, half a day in all.
pub(super) const STAFF: SessionLimits =
    SessionLimits { idle: Duration::minutes(30), absolute: Duration::hours(12) };

/// How long the sessions of staff, or of customers, live.
pub(crate) fn session_limits(is_staff: bool) -> SessionLimits {
    if is_staff { STAFF } else { PORTAL }
}

/// Whose session is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewSession {
    /// The user; nobody for a visitor with a secure link.
    pub user: Option<UserId>,
    /// The membership that is active at first.
    pub membership: Option<MembershipId>,
    /// The customer whose secure link was opened.
    pub contact: Option<ContactId>,
}

/// Which side of the house a request asks for. Staff who view the portal as somebody have two faces: theirs
/// under `/staff`, and the customer's under `/my`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// `/my`, and the server functions of its pages.
    Portal,
    /// Everything else.
    #[default]
    Own,
}

/// A live session, resolved.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The context of its requests.
    pub cx: Cx,
    /// Whose it is.
    pub whose: NewSession,
}

/// Starts a session under the hash of its id.
///
/// # Errors
/// When the database fails, or the hash is taken.
pub async fn open_session(
    portico: &Portico,
    id_hash: &str,
    whose: NewSession,
    origin: &Origin,
) -> ServiceResult<()> {
    insert_session(portico.db.pool(), portico.clock.now(), id_hash, whose, origin).await
}

pub(super) async fn insert_session(
    connection: &impl ConnectionTrait,
    now: Instant,
    id_hash: &str,
    whose: NewSession,
    origin: &Origin,
) -> ServiceResult<()> {
    let row = session::ActiveModel {
        id_hash: Set(id_hash.to_owned()),
        user_id: Set(whose.user.map(Uuid::from)),
        membership_id: Set(whose.membership.map(Uuid::from)),
        contact_id: Set(whose.contact.map(Uuid::from)),
        view_membership_id: Set(None),
        view_contact_id: Set(None),
        view_reason: Set(None),
        view_until: Set(None),
        created_at: Set(now.millis()),
        last_seen_at: Set(now.millis()),
        address: Set(origin.address.clone()),
        agent: Set(origin.agent.clone()),
    };
    session::Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// When the database fails.
pub async fn end_session(portico: &Portico, id_hash: &str) -> ServiceResult<()> {
    session::Entity::delete_by_id(id_hash).exec(portico.db.pool()).await?;
    Ok(())
}

/// Notes that a session was used.
pub(super) async fn touch(portico: &Portico, id_hash: &str, now: Instant) -> ServiceResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now.millis()))
        .filter(session::Column::IdHash.eq(id_hash))
        .exec(portico.db.pool())
        .await?;
    Ok(())
}

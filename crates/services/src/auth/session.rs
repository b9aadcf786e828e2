use domain::{
    Instant,
    ids::{ContactId, MembershipId, UserId},
};
use entities::session;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use time::Duration;
use uuid::Uuid;

use crate::{Cx, Origin, Portico, ServiceResult, ids};

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

/// A password was given, and the second factor is due: ten minutes to find the telephone.
pub(super) const HALF: SessionLimits =
    SessionLimits { idle: Duration::minutes(10), absolute: Duration::minutes(10) };

/// How long the sessions of staff, or of customers, live.
pub(crate) fn session_limits(is_staff: bool) -> SessionLimits {
    if is_staff { STAFF } else { PORTAL }
}

/// How far a session's sign-in has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// All the way.
    #[default]
    Full,
    /// The password was right; a code of the second factor is due.
    Code,
    /// The password was right; a second factor has to be set up before anything else.
    Enrolment,
}

impl Level {
    /// The word in the database.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Code => "code",
            Self::Enrolment => "enrolment",
        }
    }

    /// The level of a word in the database; of no other word somebody comes in.
    pub(super) fn parse(code: &str) -> Option<Self> {
        [Self::Full, Self::Code, Self::Enrolment].into_iter().find(|level| level.code() == code)
    }
}

/// Whose session is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSession {
    /// The user; nobody for a visitor with a secure link.
    pub user: Option<UserId>,
    /// The membership that is active at first.
    pub membership: Option<MembershipId>,
    /// The customer whose secure link was opened.
    pub contact: Option<ContactId>,
    /// How far the sign-in has come.
    pub level: Level,
    /// When the password or passkey was last given.
    pub proved_at: Option<Instant>,
    /// The browser, as the user's devices know it.
    pub device: Option<Uuid>,
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
    /// Whether staff asked for the portal as somebody whom they may not view any more: the time is up, or
    /// the right or the access is gone.
    pub has_lost_view: bool,
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
        level: Set(whose.level.code().to_owned()),
        proved_at: Set(whose.proved_at.map(Instant::millis)),
        device_id: Set(whose.device),
        public_id: Set(ids::mint(now)),
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

/// What a staff session shows under `/my`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PortalFace<'a> {
    /// Nothing: the portal is not for staff.
    Own,
    /// What a customer's secure link gives.
    Visitor(ContactId),
    /// What a portal user or a customer without any sees, to look only.
    ViewAs { membership: Option<MembershipId>, contact: Option<ContactId>, reason: &'a str, until: Instant },
}

/// Gives a staff session its face in the portal, in place of any other: there is one at a time.
pub(crate) async fn show_portal_as(
    connection: &impl ConnectionTrait,
    id_hash: &str,
    face: PortalFace<'_>,
) -> ServiceResult<()> {
    let visited = if let PortalFace::Visitor(contact) = face { Some(Uuid::from(contact)) } else { None };
    let (membership, contact, reason, until) = match face {
        PortalFace::Own | PortalFace::Visitor(_) => (None, None, None, None),
        PortalFace::ViewAs { membership, contact, reason, until } => {
            (membership.map(Uuid::from), contact.map(Uuid::from), Some(reason), Some(until.millis()))
        }
    };
    session::Entity::update_many()
        .col_expr(session::Column::ContactId, Expr::value(visited))
        .col_expr(session::Column::ViewMembershipId, Expr::value(membership))
        .col_expr(session::Column::ViewContactId, Expr::value(contact))
        .col_expr(session::Column::ViewReason, Expr::value(reason))
        .col_expr(session::Column::ViewUntil, Expr::value(until))
        .filter(session::Column::IdHash.eq(id_hash))
        .exec(connection)
        .await?;
    Ok(())
}

use std::sync::Arc;

use domain::{
    Instant,
    access::StaffRole,
    documents::Details,
    ids::{ContactId, MembershipId, UserId},
};
use entities::session;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::Expr,
};
use time::Duration;
use uuid::Uuid;

use crate::{
    Cx, Origin, Portico, ServiceResult,
    access::{Actor, PortalActor, StaffActor},
};

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
const STAFF: SessionLimits = SessionLimits { idle: Duration::minutes(30), absolute: Duration::hours(12) };

/// A live session, resolved.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// The context of its requests.
    pub cx: Cx,
    /// Its user.
    pub user: UserId,
    /// The active membership of a portal user.
    pub membership: Option<MembershipId>,
}

/// Starts a session under the hash of its id.
///
/// # Errors
/// When the database fails, or the hash is taken.
pub async fn open_session(
    portico: &Portico,
    id_hash: &str,
    user: UserId,
    membership: Option<MembershipId>,
    origin: &Origin,
) -> ServiceResult<()> {
    let now = portico.clock.now().millis();
    let row = session::ActiveModel {
        id_hash: Set(id_hash.to_owned()),
        user_id: Set(user.into()),
        membership_id: Set(membership.map(Uuid::from)),
        created_at: Set(now),
        last_seen_at: Set(now),
        address: Set(origin.address.clone()),
        agent: Set(origin.agent.clone()),
    };
    session::Entity::insert(row).exec_without_returning(portico.db.pool()).await?;
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

/// Finds out whose session this is and what they may do now, in one statement.
///
/// `None` when it has ended, timed out, or the user or membership may not sign in any more: whatever was
/// revoked is gone at the next request.
///
/// # Errors
/// When the database fails.
pub async fn resolve_session(
    portico: &Arc<Portico>,
    id_hash: &str,
    origin: Origin,
) -> ServiceResult<Option<SessionView>> {
    let backend = if portico.db.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
    let statement = Statement::from_sql_and_values(backend, RESOLVE, [id_hash.into()]);
    let Some(row) = Row::find_by_statement(statement).one(portico.db.pool()).await? else { return Ok(None) };
    let now = portico.clock.now();
    if !row.is_live(now) {
        return Ok(None);
    }
    if now.since(Instant::from_millis(row.last_seen_at)) > Duration::minutes(1) {
        touch(portico, id_hash, now).await?;
    }
    let (user, membership) = (UserId(row.user_id), row.membership_id.map(MembershipId));
    let Some(actor) = row.into_actor(portico, now).await? else { return Ok(None) };
    let cx = portico.anonymous(origin).with_actor(actor);
    Ok(Some(SessionView { cx, user, membership }))
}

async fn touch(portico: &Portico, id_hash: &str, now: Instant) -> ServiceResult<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now.millis()))
        .filter(session::Column::IdHash.eq(id_hash))
        .exec(portico.db.pool())
        .await?;
    Ok(())
}

const RESOLVE: &str = r#"
SELECT s.user_id, s.membership_id, s.created_at, s.last_seen_at,
       u.login, u.name AS user_name, u.kind, u.role, u.status,
       m.state AS membership_state, m.valid_from, m.valid_until, m.contact_id, m.group_id,
       g.version AS group_version,
       c.entity_id, c.name AS contact_name, c.email, c.phone, c.street, c.street2, c.zip, c.city,
       c.state_code, c.country_code,
       e.name AS company
FROM session s
JOIN "user" u ON u.id = s.user_id
LEFT JOIN membership m ON m.id = s.membership_id
LEFT JOIN "group" g ON g.id = m.group_id
LEFT JOIN contact c ON c.id = m.contact_id
LEFT JOIN contact e ON e.id = c.entity_id
WHERE s.id_hash = $1"#;

#[derive(Debug, FromQueryResult)]
struct Row {
    user_id: Uuid,
    membership_id: Option<Uuid>,
    created_at: i64,
    last_seen_at: i64,
    login: String,
    user_name: String,
    kind: String,
    role: Option<String>,
    status: String,
    membership_state: Option<String>,
    valid_from: Option<i64>,
    valid_until: Option<i64>,
    contact_id: Option<Uuid>,
    group_id: Option<Uuid>,
    group_version: Option<i64>,
    entity_id: Option<Uuid>,
    contact_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    street: Option<String>,
    street2: Option<String>,
    zip: Option<String>,
    city: Option<String>,
    state_code: Option<String>,
    country_code: Option<String>,
    company: Option<String>,
}

impl Row {
    fn is_live(&self, now: Instant) -> bool {
        let limits = if self.kind == "staff" { STAFF } else { PORTAL };
        let within = |since: i64, limit: Duration| now.since(Instant::from_millis(since)) < limit;
        self.status == "active"
            && within(self.last_seen_at, limits.idle)
            && within(self.created_at, limits.absolute)
    }

    async fn into_actor(self, portico: &Portico, now: Instant) -> ServiceResult<Option<Actor>> {
        if self.kind == "staff" {
            return Ok(self.role.as_deref().and_then(StaffRole::parse).map(|role| {
                Actor::staff(StaffActor {
                    user: UserId(self.user_id),
                    login: self.login,
                    name: self.user_name,
                    role,
                })
            }));
        }
        let is_valid = self.membership_state.as_deref() == Some("active")
            && self.valid_from.is_none_or(|from| from <= now.millis())
            && self.valid_until.is_none_or(|until| now.millis() < until);
        let (Some(contact), Some(entity), Some(group), Some(version), true) =
            (self.contact_id, self.entity_id, self.group_id, self.group_version, is_valid)
        else {
            return Ok(None);
        };
        let permissions = portico.groups.permissions(&portico.db, group, version).await?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let company = text(&self.company);
        let name = text(&self.contact_name);
        let town = [text(&self.city), text(&self.state_code), text(&self.zip)];
        let town = town.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        let address = [text(&self.street), text(&self.street2), town, text(&self.country_code)];
        let details = Details {
            company: (contact != entity).then(|| company.clone()),
            name: if name.is_empty() { self.user_name } else { name },
            email: text(&self.email),
            phone: text(&self.phone),
            address: address.into_iter().filter(|line| !line.is_empty()).collect(),
        };
        Ok(Some(Actor::portal(PortalActor {
            user: UserId(self.user_id),
            login: self.login,
            contact: ContactId(contact),
            entity: ContactId(entity),
            company,
            details,
            permissions,
        })))
    }
}

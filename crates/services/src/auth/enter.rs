//! Who somebody would be if they came into the portal now: what a session of theirs would be resolved to, by the
//! code that resolves sessions.

use domain::ids::{ContactId, MembershipId};
use sea_orm::{FromQueryResult, Statement};
use uuid::Uuid;

use super::{
    Face,
    resolve_session::{Row, resolving},
};
use crate::{
    Portico, ServiceResult,
    access::{Actor, Check, PortalActor, has_portal_user},
};

/// Who comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entrant {
    /// The holder of a membership, signed in.
    Member(MembershipId),
    /// Whoever has a customer's secure link.
    Visitor(ContactId),
}

/// How far somebody comes.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What decides whether they come in, one by one.
    pub checks: Vec<(Check, bool)>,
    /// Who they are, once in; `None` when they do not come in.
    pub actor: Option<Actor>,
    /// Who they would be, were every check passed.
    pub would_be: Option<PortalActor>,
    /// The state of the login and of the membership, in the database's words.
    pub states: (String, String),
    /// From when to when the membership is valid.
    pub valid: (Option<i64>, Option<i64>),
}

/// Tries the door. `None` when there is no such membership or customer.
pub(crate) async fn enter(portico: &Portico, entrant: Entrant) -> ServiceResult<Option<Entry>> {
    let Some(row) = fresh_session(portico, entrant).await? else { return Ok(None) };
    let now = portico.clock.now();
    let states = row.states();
    let valid = row.validity();
    let is_live = row.is_live(now);
    let mut checks = Vec::new();
    let would_be = match entrant {
        Entrant::Member(_) => {
            checks.push((Check::UserEnabled, is_live));
            checks.extend(row.membership_checks(now));
            row.clone().into_any_member(portico, None).await?
        }
        Entrant::Visitor(customer) => {
            let has_user = has_portal_user(portico.db.pool(), customer).await?;
            checks.push((Check::NoPortalUser, !has_user));
            checks.push((Check::LinkOn, row.is_link_on(false)));
            row.clone().into_any_visitor(portico, None).await?
        }
    };
    let actor = if is_live { row.into_actor(portico, Face::Portal, now).await? } else { None };
    Ok(Some(Entry { checks, actor, would_be, states, valid }))
}

/// The row of a session that began now.
async fn fresh_session(portico: &Portico, entrant: Entrant) -> ServiceResult<Option<Row>> {
    let now = portico.clock.now().millis();
    let (whose, id) = match entrant {
        Entrant::Member(id) => (
            "p.user_id, p.id AS membership_id, CAST(NULL AS uuid) AS contact_id FROM membership p",
            Uuid::from(id),
        ),
        Entrant::Visitor(id) => (
            "CAST(NULL AS uuid) AS user_id, CAST(NULL AS uuid) AS membership_id, p.id AS contact_id FROM contact p",
            Uuid::from(id),
        ),
    };
    let session = format!(
        "(SELECT CAST(NULL AS uuid) AS view_membership_id, CAST(NULL AS uuid) AS view_contact_id, \
         CAST(NULL AS bigint) AS view_until, CAST(NULL AS text) AS view_reason, \
         CAST('full' AS text) AS level, CAST(NULL AS bigint) AS proved_at, CAST(NULL AS uuid) AS device_id, \
         CAST($3 AS bigint) AS created_at, CAST($3 AS bigint) AS last_seen_at, {whose} WHERE p.id = $1)"
    );
    let backend = portico.db.backend();
    let values = [id.into(), true.into(), now.into()];
    let statement = Statement::from_sql_and_values(backend, resolving(&session, ""), values);
    Ok(Row::find_by_statement(statement).one(portico.db.pool()).await?)
}

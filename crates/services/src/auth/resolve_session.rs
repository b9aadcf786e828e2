use std::sync::Arc;

use domain::{
    Instant,
    access::{Right, StaffRole},
    documents::Details,
    ids::{ContactId, GroupId, MembershipId, UserId},
};
use sea_orm::{FromQueryResult, Statement};
use time::Duration;
use uuid::Uuid;

use super::{
    Face, Level, NewSession, SessionView,
    session::{HALF, PORTAL, STAFF, touch},
};
use crate::{
    Origin, Portico, ServiceResult,
    access::{Actor, Check, HalfActor, PortalActor, StaffActor, Via, may_visit, passes, visitor_group},
    places::PostalAddress,
};

/// Finds out whose session this is and what they may do now, in one statement; two more for whoever came by a
/// customer's secure link.
///
/// `None` when it has ended, timed out, or the user or membership may not sign in any more: whatever was
/// revoked is gone at the next request.
///
/// # Errors
/// When the database fails.
pub async fn resolve_session(
    portico: &Arc<Portico>,
    id_hash: &str,
    face: Face,
    origin: Origin,
) -> ServiceResult<Option<SessionView>> {
    let now = portico.clock.now();
    let backend = portico.db.backend();
    let values = [id_hash.into(), (face == Face::Portal).into(), now.millis().into()];
    let statement =
        Statement::from_sql_and_values(backend, resolving("session", "WHERE s.id_hash = $1"), values);
    let Some(row) = Row::find_by_statement(statement).one(portico.db.pool()).await? else { return Ok(None) };
    if !row.is_live(now) {
        return Ok(None);
    }
    if now.since(Instant::from_millis(row.last_seen_at)) > Duration::minutes(1) {
        touch(portico, id_hash, now).await?;
    }
    let whose = NewSession {
        user: row.user_id.map(UserId),
        membership: row.membership_id.map(MembershipId),
        contact: row.link_contact_id.map(ContactId),
        level: row.level().unwrap_or_default(),
        proved_at: row.proved_at.map(Instant::from_millis),
        device: row.device_id,
    };
    let view_until = row.view_until;
    let Some(actor) = row.into_actor(portico, face, now).await? else { return Ok(None) };
    let is_asked_for = face == Face::Portal || view_until.is_some_and(|until| until <= now.millis());
    let has_lost_view = view_until.is_some() && is_asked_for && actor.as_staff().is_some();
    let cx = portico.anonymous(origin).with_actor(actor).with_session(id_hash, whose);
    Ok(Some(SessionView { cx, whose, has_lost_view }))
}

/// The statement that resolves a row of `session`, a table or something of its form; `$3` is now.
///
/// `$2`: whether the portal is asked for, where staff may have the face of the customer that they view.
pub(super) fn resolving(session: &str, filter: &str) -> String {
    format!("{SELECT}\nFROM {session} s{JOINS}\n{filter}")
}

const SELECT: &str = r#"
SELECT s.user_id, s.membership_id, s.contact_id AS link_contact_id, s.created_at, s.last_seen_at,
       s.view_until, s.view_reason, s.level, s.proved_at, s.device_id,
       u.login, u.name AS user_name, u.kind, u.role, u.status,
       m.id AS face_membership_id, m.state AS membership_state, m.valid_from, m.valid_until, m.group_id,
       mu.id AS member_id, mu.login AS member_login, mu.name AS member_name, mu.status AS member_status,
       (SELECT count(*) FROM membership o WHERE o.user_id = m.user_id AND o.state = 'active'
          AND (o.valid_from IS NULL OR o.valid_from <= $3)
          AND (o.valid_until IS NULL OR o.valid_until > $3)) AS memberships,
       g.name AS group_name, g.version AS group_version,
       c.id AS contact_id, c.entity_id, c.name AS contact_name, c.email, c.phone, c.street, c.street2, c.zip,
       c.city, c.state_code, c.country_code, c.link_is_off, c.archived_at,
       e.name AS company, e.street AS company_street, e.street2 AS company_street2, e.zip AS company_zip,
       e.city AS company_city, e.state_code AS company_state, e.country_code AS company_country"#;

const JOINS: &str = r#"
LEFT JOIN "user" u ON u.id = s.user_id
LEFT JOIN membership m ON m.id =
    CASE WHEN $2 AND s.view_until IS NOT NULL THEN s.view_membership_id ELSE s.membership_id END
LEFT JOIN "user" mu ON mu.id = m.user_id
LEFT JOIN "group" g ON g.id = m.group_id
LEFT JOIN contact c ON c.id = COALESCE(m.contact_id,
    CASE WHEN $2 AND s.view_until IS NOT NULL THEN s.view_contact_id
         WHEN $2 OR s.user_id IS NULL THEN s.contact_id END)
LEFT JOIN contact e ON e.id = c.entity_id"#;

/// A session with everything that decides who it is of.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct Row {
    user_id: Option<Uuid>,
    membership_id: Option<Uuid>,
    link_contact_id: Option<Uuid>,
    created_at: i64,
    last_seen_at: i64,
    view_until: Option<i64>,
    view_reason: Option<String>,
    level: String,
    proved_at: Option<i64>,
    device_id: Option<Uuid>,
    login: Option<String>,
    user_name: Option<String>,
    kind: Option<String>,
    role: Option<String>,
    status: Option<String>,
    face_membership_id: Option<Uuid>,
    membership_state: Option<String>,
    valid_from: Option<i64>,
    valid_until: Option<i64>,
    group_id: Option<Uuid>,
    member_id: Option<Uuid>,
    member_login: Option<String>,
    member_name: Option<String>,
    member_status: Option<String>,
    memberships: i64,
    group_name: Option<String>,
    group_version: Option<i64>,
    contact_id: Option<Uuid>,
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
    link_is_off: Option<bool>,
    archived_at: Option<i64>,
    company: Option<String>,
    company_street: Option<String>,
    company_street2: Option<String>,
    company_zip: Option<String>,
    company_city: Option<String>,
    company_state: Option<String>,
    company_country: Option<String>,
}

impl Row {
    pub(super) fn is_live(&self, now: Instant) -> bool {
        let limits = match (self.is_half(), self.is_staff()) {
            (true, _) => HALF,
            (false, true) => STAFF,
            (false, false) => PORTAL,
        };
        let within = |since: i64, limit: Duration| now.since(Instant::from_millis(since)) < limit;
        passes(Check::UserEnabled, self.may_sign_in())
            && within(self.last_seen_at, limits.idle)
            && within(self.created_at, limits.absolute)
    }

    /// The state of the login and of the membership, in the database's words.
    pub(super) fn states(&self) -> (String, String) {
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        (word(&self.status), word(&self.membership_state))
    }

    /// From when to when the membership is valid.
    pub(super) fn validity(&self) -> (Option<i64>, Option<i64>) {
        (self.valid_from, self.valid_until)
    }

    fn may_sign_in(&self) -> bool {
        self.user_id.is_none() || self.status.as_deref() == Some("active")
    }

    fn is_staff(&self) -> bool {
        self.kind.as_deref() == Some("staff")
    }

    fn level(&self) -> Option<Level> {
        Level::parse(&self.level)
    }

    /// Whether the sign-in has not come all the way.
    fn is_half(&self) -> bool {
        !passes(Check::SecondFactor, self.level() == Some(Level::Full))
    }

    /// Whoever gave their password and owes the second factor.
    fn half_actor(self) -> Option<Actor> {
        let level = self.level()?;
        let text = |text: Option<String>| text.unwrap_or_default();
        let (login, name) = (text(self.login.clone()), text(self.user_name.clone()));
        let half = HalfActor { user: UserId(self.user_id?), login, name, level };
        Some(Actor::half(half))
    }

    pub(super) async fn into_actor(
        mut self,
        portico: &Portico,
        face: Face,
        now: Instant,
    ) -> ServiceResult<Option<Actor>> {
        if self.is_half() {
            return Ok(self.half_actor());
        }
        let staff = self.staff_actor();
        let view = self.view_as(face, now, staff.as_ref());
        let own = staff.map(Actor::staff);
        let is_portal_face = face == Face::Portal && (view.is_some() || self.view_until.is_none());
        if own.is_some() && !is_portal_face {
            return Ok(own);
        }
        let actor = if self.face_membership_id.is_some() {
            self.into_member(portico, view, now).await?
        } else {
            self.into_visitor(portico, view).await?
        };
        Ok(actor.map(Actor::portal).or(own))
    }

    fn staff_actor(&mut self) -> Option<StaffActor> {
        let role = self.role.as_deref().and_then(StaffRole::parse).filter(|_| self.is_staff())?;
        let (login, name) = (self.login.clone().unwrap_or_default(), self.user_name.clone());
        Some(StaffActor { user: UserId(self.user_id?), login, name: name.unwrap_or_default(), role })
    }

    fn view_as(&self, face: Face, now: Instant, staff: Option<&StaffActor>) -> Option<Via> {
        let until = self.view_until.map(Instant::from_millis)?;
        let until = passes(Check::ViewUntil, until > now).then_some(until)?;
        let staff = staff.filter(|_| face == Face::Portal)?;
        let staff = passes(Check::StaffRight, staff.role.allows(Right::ViewAsCustomer)).then_some(staff)?;
        Some(Via::ViewAs {
            staff: staff.user,
            staff_name: staff.name.clone(),
            reason: self.view_reason.clone().unwrap_or_default(),
            until,
        })
    }

    /// A portal user of an active membership, or staff who view the portal as one.
    async fn into_member(
        self,
        portico: &Portico,
        view: Option<Via>,
        now: Instant,
    ) -> ServiceResult<Option<PortalActor>> {
        let is_valid = self.membership_checks(now).into_iter().all(|(check, verdict)| passes(check, verdict))
            && passes(Check::UserEnabled, self.member_status.as_deref() != Some("disabled"));
        if !is_valid {
            return Ok(None);
        }
        self.into_any_member(portico, view).await
    }

    /// What a membership has to be for its holder to be in the portal, each with the check that it is.
    pub(super) fn membership_checks(&self, now: Instant) -> [(Check, bool); 3] {
        [
            (Check::MembershipActive, self.membership_state.as_deref() == Some("active")),
            (Check::ValidFrom, self.valid_from.is_none_or(|from| from <= now.millis())),
            (Check::ValidUntil, self.valid_until.is_none_or(|until| now.millis() < until)),
        ]
    }

    /// Whoever has the membership, whether or not it works now.
    pub(super) async fn into_any_member(
        self,
        portico: &Portico,
        view: Option<Via>,
    ) -> ServiceResult<Option<PortalActor>> {
        let (Some(group), Some(version)) = (self.group_id, self.group_version) else { return Ok(None) };
        let permissions = portico.groups.permissions(&portico.db, group, version).await?;
        let Some((contact, entity, details, company)) = self.contact() else { return Ok(None) };
        Ok(Some(PortalActor {
            via: view.unwrap_or(Via::SignIn),
            user: self.member_id.map(UserId),
            membership: self.face_membership_id.map(MembershipId),
            login: self.member_login.unwrap_or_default(),
            contact,
            entity,
            company,
            group_id: GroupId(group),
            group: self.group_name.unwrap_or_default(),
            details,
            permissions,
            memberships: self.memberships,
        }))
    }

    /// Whoever has the secure link of a customer without portal users, or staff who look at what they see.
    async fn into_visitor(self, portico: &Portico, view: Option<Via>) -> ServiceResult<Option<PortalActor>> {
        let Some(entity) = self.entity_id.map(ContactId) else { return Ok(None) };
        if !passes(Check::LinkOn, self.is_link_on(view.is_some())) || !may_visit(portico, entity).await? {
            return Ok(None);
        }
        self.into_any_visitor(portico, view).await
    }

    /// Whoever would have the link, whether or not it works now.
    pub(super) async fn into_any_visitor(
        self,
        portico: &Portico,
        view: Option<Via>,
    ) -> ServiceResult<Option<PortalActor>> {
        let Some((contact, entity, details, company)) = self.contact() else { return Ok(None) };
        let Some((group_id, group, permissions)) = visitor_group(portico).await? else { return Ok(None) };
        Ok(Some(PortalActor {
            via: view.unwrap_or(Via::SecureLink),
            user: None,
            membership: None,
            login: String::new(),
            contact,
            entity,
            company,
            group_id,
            group,
            details,
            permissions,
            memberships: 0,
        }))
    }

    /// Whether a customer's secure link is on; to staff who only look it makes no difference, while an archived
    /// customer has none at all.
    pub(super) fn is_link_on(&self, is_view: bool) -> bool {
        self.archived_at.is_none() && (is_view || self.link_is_off == Some(false))
    }

    fn contact(&self) -> Option<(ContactId, ContactId, Details, String)> {
        let (contact, entity) = (self.contact_id?, self.entity_id?);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let company = text(&self.company);
        let name = Some(text(&self.contact_name)).filter(|name| !name.is_empty());
        let own = PostalAddress {
            street: text(&self.street),
            street2: text(&self.street2),
            zip: text(&self.zip),
            city: text(&self.city),
            state: text(&self.state_code),
            country: text(&self.country_code),
        };
        // Whoever has no address of their own has the company's.
        let address = if own.is_empty() {
            PostalAddress {
                street: text(&self.company_street),
                street2: text(&self.company_street2),
                zip: text(&self.company_zip),
                city: text(&self.company_city),
                state: text(&self.company_state),
                country: text(&self.company_country),
            }
        } else {
            own
        };
        let details = Details {
            company: (contact != entity).then(|| company.clone()),
            name: name.unwrap_or_else(|| text(&self.member_name)),
            email: text(&self.email),
            phone: text(&self.phone),
            address: address.lines(),
        };
        Some((ContactId(contact), ContactId(entity), details, company))
    }
}

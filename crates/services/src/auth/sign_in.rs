use domain::{
    Login,
    ids::{MembershipId, UserId},
};
use entities::{contact, membership, user};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
    sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{NewSession, session::insert_session, switch_company::works_at, throttle};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    audit::{self, By, Event},
};

/// The one answer to every sign-in that fails (ASVS 6.3.8).
const REFUSED: &str = "Wrong email or password. Check both and try again.";

/// Where somebody lands who signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// `/my`.
    Portal,
    /// `/staff`.
    Staff,
}

/// Somebody who proved who they are; the caller opens the session.
#[derive(Clone, Copy, Debug)]
pub struct SignedIn {
    /// The user.
    pub user: UserId,
    /// The membership that is active at first.
    pub membership: Option<MembershipId>,
    /// Whether they can choose between several companies.
    pub has_choice: bool,
    /// Where they land.
    pub landing: Landing,
}

impl SignedIn {
    /// Whose session the caller opens.
    pub fn whose(&self) -> NewSession {
        NewSession { user: Some(self.user), membership: self.membership, contact: None }
    }
}

/// Signs somebody in by login and password.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// [`ServiceError::Refused`] with one and the same text, after the same work, for an unknown login, a wrong
/// password, a disabled user, and one without password or membership; [`ServiceError::Throttled`] after
/// many failures, for known and unknown logins alike.
pub async fn sign_in(cx: &Cx, login: &str, password: &str) -> ServiceResult<SignedIn> {
    prove(cx, login, password, None).await
}

/// [`sign_in`], and opens the session under the hash of its id, all in one transaction.
///
/// # Permissions
/// Anybody.
///
/// # Errors
/// Those of [`sign_in`].
pub async fn sign_in_to_session(
    cx: &Cx,
    login: &str,
    password: &str,
    id_hash: &str,
) -> ServiceResult<SignedIn> {
    prove(cx, login, password, Some(id_hash)).await
}

async fn prove(cx: &Cx, login: &str, password: &str, session: Option<&str>) -> ServiceResult<SignedIn> {
    let login = Login::from_typed(login);
    // Until it is dropped, the try at hand counts as a failure for tries at the same time.
    let attempt = throttle::attempt(cx, &login).await?;
    // Nothing that is asked for depends on who exists: neither the statements nor the hash.
    let found = look_up(cx, &login).await?;
    let active = found.filter(|found| found.status == "active");
    let stored = active.as_ref().and_then(|found| found.password_hash.as_deref());
    let is_right = cx.portico.hasher.verify(password, stored).await?;
    let may_enter = |found: &Found| found.kind == "staff" || found.membership.is_some();
    let Some(found) = active.filter(|found| is_right && may_enter(found)) else {
        attempt.failed(cx).await?;
        tracing::info!(event = "sign_in.failed", address = cx.origin.address);
        return Err(ServiceError::refused(REFUSED));
    };
    let signed_in = found.signed_in();
    let transaction = cx.begin().await?;
    attempt.succeeded(cx, &transaction).await?;
    record_sign_in(cx, &transaction, &found, &login).await?;
    if let Some(id_hash) = session {
        insert_session(&transaction, cx.now(), id_hash, signed_in.whose(), &cx.origin).await?;
    }
    transaction.commit().await?;
    Ok(signed_in)
}

/// What signing in needs to know of a user.
#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    name: String,
    kind: String,
    status: String,
    password_hash: Option<String>,
    /// The oldest membership that works now.
    membership: Option<Uuid>,
    /// The commercial entity that they land in; its people may read of it.
    entity: Option<Uuid>,
    #[sea_orm(skip)]
    has_choice: bool,
}

impl Found {
    fn signed_in(&self) -> SignedIn {
        let is_staff = self.kind == "staff";
        SignedIn {
            user: UserId(self.id),
            membership: self.membership.filter(|_| !is_staff).map(MembershipId),
            has_choice: self.has_choice && !is_staff,
            landing: if is_staff { Landing::Staff } else { Landing::Portal },
        }
    }
}

async fn look_up(cx: &Cx, login: &Login) -> ServiceResult<Option<Found>> {
    let now = cx.now().millis();
    let memberships = membership::Relation::User.def().on_condition(move |_, _| works_at(now));
    let rows = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Name, user::Column::Kind, user::Column::Status])
        .column(user::Column::PasswordHash)
        .column_as(membership::Column::Id, "membership")
        .column_as(contact::Column::EntityId, "entity")
        .join_rev(JoinType::LeftJoin, memberships)
        .join(JoinType::LeftJoin, membership::Relation::Contact.def())
        .filter(user::Column::Login.eq(login.as_str()))
        .order_by_asc(membership::Column::Id)
        .limit(2)
        .into_model::<Found>()
        .all(cx.db().pool())
        .await?;
    let has_choice = rows.len() > 1;
    Ok(rows.into_iter().next().map(|found| Found { has_choice, ..found }))
}

/// Notes when somebody signed in last, and that they did.
async fn record_sign_in(
    cx: &Cx,
    transaction: &Transaction,
    found: &Found,
    login: &Login,
) -> ServiceResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::LastAuthenticatedAt, Expr::value(cx.now().millis()))
        .filter(user::Column::Id.eq(found.id))
        .exec(transaction)
        .await?;
    let event = Event {
        action: "user.signed_in",
        subject: login.as_str(),
        subject_id: Some(found.id),
        entity_id: found.entity.filter(|_| found.kind == "portal"),
        data: json!({}),
    };
    let name = if found.name.is_empty() { login.as_str() } else { &found.name };
    audit::record_by(cx, transaction, By { id: Some(found.id), name }, event).await
}

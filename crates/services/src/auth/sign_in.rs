use domain::{
    Login,
    ids::{MembershipId, UserId},
};
use entities::{contact, membership, user};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{NewSession, switch_company::works_at, throttle};
use crate::{
    Cx, ServiceError, ServiceResult,
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
    let login = Login::from_typed(login);
    let buckets = throttle::Buckets::of(cx, &login);
    throttle::check(cx, &buckets).await?;

    let found =
        user::Entity::find().filter(user::Column::Login.eq(login.as_str())).one(cx.db().pool()).await?;
    let active = found.filter(|user| user.status == "active");
    let stored = active.as_ref().and_then(|user| user.password_hash.as_deref());
    let is_right = cx.portico.hasher.verify(password, stored).await?;
    let membership = match &active {
        Some(user) if user.kind == "portal" => first_membership(cx, cx.db().pool(), user.id).await?,
        _ => None,
    };
    let Some(user) = active.filter(|user| is_right && (user.kind == "staff" || membership.is_some())) else {
        throttle::failed(cx, &buckets).await?;
        tracing::info!(event = "sign_in.failed", address = cx.origin.address);
        return Err(ServiceError::refused(REFUSED));
    };
    throttle::succeeded(cx, &buckets).await?;
    record_sign_in(cx, &user).await?;
    let landing = if user.kind == "staff" { Landing::Staff } else { Landing::Portal };
    Ok(SignedIn {
        user: UserId(user.id),
        membership: membership.map(|(id, _)| MembershipId(id)),
        has_choice: membership.is_some_and(|(_, has_more)| has_more),
        landing,
    })
}

/// The oldest membership of a user that works now, and whether there are more.
async fn first_membership(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: Uuid,
) -> ServiceResult<Option<(Uuid, bool)>> {
    let found = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(works_at(cx.now().millis()))
        .order_by_asc(membership::Column::Id)
        .limit(2)
        .all(connection)
        .await?;
    Ok(found.first().map(|membership| (membership.id, found.len() > 1)))
}

/// Notes when somebody signed in last, and that they did.
pub(super) async fn record_sign_in(cx: &Cx, user: &user::Model) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    user::Entity::update_many()
        .col_expr(user::Column::LastAuthenticatedAt, Expr::value(cx.now().millis()))
        .filter(user::Column::Id.eq(user.id))
        .exec(&transaction)
        .await?;
    let event = Event {
        action: "user.signed_in",
        subject: &user.login,
        subject_id: Some(user.id),
        entity_id: entity_of(cx, &transaction, user).await?,
        data: json!({}),
    };
    let name = if user.name.is_empty() { &user.login } else { &user.name };
    audit::record_by(cx, &transaction, By { id: Some(user.id), name }, event).await?;
    transaction.commit().await?;
    Ok(())
}

/// The commercial entity that a portal user lands in; its people may read of it.
async fn entity_of(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: &user::Model,
) -> ServiceResult<Option<Uuid>> {
    if user.kind != "portal" {
        return Ok(None);
    }
    let Some((membership, _)) = first_membership(cx, connection, user.id).await? else { return Ok(None) };
    let found =
        membership::Entity::find_by_id(membership).find_also_related(contact::Entity).one(connection).await?;
    Ok(found.and_then(|(_, contact)| contact).map(|contact| contact.entity_id))
}

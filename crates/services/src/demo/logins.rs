//! The two logins, made the way of all others.

use domain::{
    access::{RowChange, RowOutcome, RowRequest},
    auth::INVITATION_LIFETIME,
    ids::ContactId,
};
use entities::{contact, membership, session, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use super::{CUSTOMER_LOGIN, STAFF_LOGIN, records};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{self, live_memberships},
    audit::{self, Event},
    auth::{
        self,
        token::{self, Bound, Purpose},
    },
    contacts, mail,
};

/// The administrator's name, who is the salesperson of some sample records.
const STAFF_NAME: &str = "Dana Demo";

/// Makes the administrator.
pub(super) async fn make_administrator(cx: &Cx, password: &str) -> ServiceResult<()> {
    let user = auth::create_administrator(cx, STAFF_LOGIN, password).await?;
    user::Entity::update_many()
        .col_expr(user::Column::Name, Expr::value(STAFF_NAME))
        .filter(user::Column::Id.eq(Uuid::from(user)))
        .exec(cx.db().pool())
        .await?;
    Ok(())
}

/// Grants the customer access and accepts the invitation with a password, unless the login works already.
/// Whoever tries the demo may have revoked it.
pub(super) async fn make_customer(cx: &Cx, password: &str) -> ServiceResult<()> {
    if can_sign_in(cx, CUSTOMER_LOGIN).await? {
        return Ok(());
    }
    let customer = records::customer(cx).await?;
    contacts::archive_contact(cx, ContactId(customer.id), false).await?;
    if live(cx, &customer).await?.is_some_and(|(_, user)| user.login != CUSTOMER_LOGIN) {
        change(cx, &customer, RowChange::Revoke).await?;
    }
    change(cx, &customer, RowChange::Grant).await?;
    let secret = invitation_secret(cx, &customer).await?;
    let customer = cx.portico.anonymous(cx.origin().clone());
    auth::accept_invitation(&customer, &secret, password, password).await?;
    Ok(())
}

/// Gives a login a password. It stays as it is, with its sessions, when that is its password already.
pub(super) async fn set_password(cx: &Cx, login: &str, password: &str) -> ServiceResult<()> {
    let found = user::Entity::find().filter(user::Column::Login.eq(login)).one(cx.db().pool()).await?;
    let missing = || ServiceError::internal(anyhow::anyhow!("there is no login {login}"));
    let user = found.ok_or_else(missing)?;
    let is_same = cx.portico.hasher.verify(password, user.password_hash.as_deref()).await?;
    if is_same && user.status == "active" {
        return Ok(());
    }
    let hash = cx.portico.hasher.hash(password).await?;
    let transaction = cx.begin().await?;
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::Status, Expr::value("active"))
        .filter(user::Column::Id.eq(user.id))
        .exec(&transaction)
        .await?;
    session::Entity::delete_many().filter(session::Column::UserId.eq(user.id)).exec(&transaction).await?;
    let event = Event {
        action: "user.password_set",
        subject: login,
        subject_id: Some(user.id),
        entity_id: None,
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether a portal user has claimed the login and has a company to see. A disabled one counts: with its new
/// password it is enabled.
async fn can_sign_in(cx: &Cx, login: &str) -> ServiceResult<bool> {
    let found = membership::Entity::find()
        .inner_join(user::Entity)
        .filter(user::Column::Login.eq(login))
        .filter(user::Column::PasswordHash.is_not_null())
        .filter(membership::Column::State.eq("active"))
        .one(cx.db().pool())
        .await?;
    Ok(found.is_some())
}

async fn live(cx: &Cx, contact: &contact::Model) -> ServiceResult<Option<(membership::Model, user::Model)>> {
    let mut live = live_memberships(cx.db().pool(), std::slice::from_ref(contact)).await?;
    Ok(live.remove(&contact.id))
}

async fn change(cx: &Cx, contact: &contact::Model, change: RowChange) -> ServiceResult<()> {
    let request =
        RowRequest { contact: ContactId(contact.id), email: CUSTOMER_LOGIN.to_owned(), change, group: None };
    let outcomes = access::change_access(cx, &[request], "").await?;
    match outcomes.into_iter().next() {
        Some(RowOutcome::Refused { reason, .. }) => {
            Err(ServiceError::refused(format!("{CUSTOMER_LOGIN} cannot be granted access: {reason}")))
        }
        Some(RowOutcome::Done { .. }) | None => Ok(()),
    }
}

/// The secret of a link like the one in the customer's invitation. That mail is not sent: nobody would get it.
async fn invitation_secret(cx: &Cx, customer: &contact::Model) -> ServiceResult<String> {
    let missing = || ServiceError::internal(anyhow::anyhow!("{CUSTOMER_LOGIN} was not invited"));
    let (membership, user) = live(cx, customer).await?.ok_or_else(missing)?;
    let bound =
        Bound { user: Some(user.id), membership: Some(membership.id), email: Some(user.login.as_str()) };
    let transaction = cx.begin().await?;
    mail::supersede_for_membership(&transaction, membership.id).await?;
    let secret = token::mint(cx, &transaction, Purpose::Invitation, bound, INVITATION_LIFETIME).await?;
    transaction.commit().await?;
    Ok(secret)
}

use domain::access::StaffRole;
use entities::{membership, session, token as token_row, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use serde_json::json;

use super::{
    check_new_password, devices,
    token::{self, Purpose, TokenState},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::Actor,
    audit::{self, Event},
    mail::{self, Letter, UserLetters},
    users::{companies, has_access},
};

/// Whom a link to set a password is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetFor {
    /// The person.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// The system group of a staff user who sets their first password.
    pub new_staff: Option<StaffRole>,
}

struct Found {
    token: token_row::Model,
    user: user::Model,
}

/// Whom a link is for, while it works. Looking changes nothing: mail scanners open links.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn view_reset(cx: &Cx, secret: &str) -> ServiceResult<Option<ResetFor>> {
    let found = find_live(cx, cx.db().pool(), secret).await?;
    Ok(found.map(|Found { token, user }| ResetFor {
        new_staff: user
            .role
            .as_deref()
            .and_then(StaffRole::parse)
            .filter(|_| token.purpose == Purpose::StaffInvitation.code()),
        name: user.name,
        login: user.login,
    }))
}

/// Sets a new password by a link that was mailed, and logs the person out everywhere. It signs nobody in, so that
/// it can never stand for a second factor.
///
/// # Permissions
/// Whoever has the link, once.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work; [`ServiceError::Invalid`] for the password, in which
/// case the link is not spent.
pub async fn reset_password(cx: &Cx, secret: &str, password: &str, repetition: &str) -> ServiceResult<()> {
    let found = find_live(cx, cx.db().pool(), secret).await?.ok_or(ServiceError::NotFound)?;
    let companies = companies(cx.db().pool(), found.user.id).await?;
    let mut context = vec![found.user.login.as_str(), cx.config().business.as_str()];
    context.extend(companies.iter().map(|(_, name)| name.as_str()));
    check_new_password(password, repetition, &context)?;
    let hash = cx.portico.hasher.hash(password).await?;

    let transaction = cx.begin().await?;
    let locked = user::Entity::find_by_id(found.user.id).lock_exclusive().one(&transaction).await?;
    let user = locked.ok_or(ServiceError::NotFound)?;
    if find_live(cx, &transaction, secret).await?.is_none()
        || !token::spend(cx, &transaction, found.token.id).await?
    {
        return Err(ServiceError::NotFound);
    }
    store(cx, &transaction, &user, hash).await?;
    session::Entity::delete_many().filter(session::Column::UserId.eq(user.id)).exec(&transaction).await?;
    tell(cx, &transaction, &user).await?;
    let event = Event {
        action: "user.password_set",
        subject: &user.login,
        subject_id: Some(user.id),
        entity_id: if let [(only, _)] = companies.as_slice() { Some(*only) } else { None },
        data: json!({ "by": if user.password_hash.is_some() { "password reset" } else { "first password" } }),
    };
    audit::record(&cx.with_actor(Actor::system("link in a mail")), &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

/// Whether a link that sets a password works.
pub(crate) async fn is_link_live(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    secret: &str,
) -> ServiceResult<bool> {
    Ok(find_live(cx, connection, secret).await?.is_some())
}

async fn find_live(cx: &Cx, connection: &impl ConnectionTrait, secret: &str) -> ServiceResult<Option<Found>> {
    let mut found = token::find(connection, Purpose::PasswordReset, secret).await?;
    if found.is_none() {
        found = token::find(connection, Purpose::StaffInvitation, secret).await?;
    }
    let live = found.filter(|token| token::state(token, cx.now()) == TokenState::Live);
    let Some((token, id)) = live.and_then(|token| token.user_id.map(|id| (token, id))) else {
        return Ok(None);
    };
    let Some(user) = user::Entity::find_by_id(id).one(connection).await? else { return Ok(None) };
    // A link belongs to the address that it was sent to.
    let is_theirs = token.email.as_deref() == Some(user.login.as_str());
    if !is_theirs || user.status == "disabled" || !has_access(connection, &user).await? {
        return Ok(None);
    }
    Ok(Some(Found { token, user }))
}

/// Writes a new password. Every other link that would set one stops working; an invitation to one more company,
/// which sets none, stays. No device is trusted any more.
pub(crate) async fn store(
    cx: &Cx,
    transaction: &Transaction,
    user: &user::Model,
    hash: String,
) -> ServiceResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::Status, Expr::value("active"))
        .filter(user::Column::Id.eq(user.id))
        .exec(transaction)
        .await?;
    devices::stop_trusting(transaction, user.id).await?;
    let accepted = membership::Entity::find()
        .select_only()
        .column(membership::Column::Id)
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::State.ne("pending"))
        .into_query();
    let others = Condition::any()
        .add(token_row::Column::MembershipId.is_null())
        .add(token_row::Column::MembershipId.in_subquery(accepted));
    token::void(cx, transaction, Condition::all().add(token_row::Column::UserId.eq(user.id)).add(others))
        .await
}

async fn tell(cx: &Cx, transaction: &Transaction, user: &user::Model) -> ServiceResult<()> {
    // Who sets their first password knows that they did.
    if user.password_hash.is_none() {
        return Ok(());
    }
    let letters = UserLetters::new(cx, &user.name, &user.login);
    let letter = Letter {
        template: "password_changed",
        to_email: &user.login,
        to_name: &user.name,
        rendered: letters.password_changed(cx.now(), "Every browser")?,
        is_secret: false,
        membership: None,
    };
    mail::queue(cx, transaction, letter).await
}

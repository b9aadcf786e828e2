use domain::{Email, FieldErrors, Login, access::StaffRole, auth::SETUP_LIFETIME, ids::UserId};
use entities::{token as token_row, user};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
};
use serde_json::json;

use super::{
    Landing, Level, SignedIn, check_new_password, devices,
    token::{self, Bound, Purpose, TokenState},
};
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    ids,
};

/// What the first administrator types.
#[derive(Clone, Debug, Default)]
pub struct SetUpForm {
    /// Their name.
    pub name: String,
    /// Their email, which becomes the login.
    pub email: String,
    /// The password.
    pub password: String,
    /// The password again.
    pub repetition: String,
}

/// A fresh set-up link for an installation without administrator; the earlier one stops working.
/// `None` once there is one.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// When the database fails.
pub async fn offer_set_up_link(cx: &Cx) -> ServiceResult<Option<String>> {
    if !cx.actor.is_system() {
        return Err(ServiceError::NotFound);
    }
    let transaction = cx.begin().await?;
    if has_administrator(&transaction).await? {
        return Ok(None);
    }
    let of_set_up = Condition::all().add(token_row::Column::Purpose.eq(Purpose::SetUp.code()));
    token::void(cx, &transaction, of_set_up).await?;
    let secret = token::mint(cx, &transaction, Purpose::SetUp, Bound::default(), SETUP_LIFETIME).await?;
    transaction.commit().await?;
    Ok(Some(cx.link(&format!("/setup/{secret}"))))
}

/// Whether a set-up link works: there is no administrator, and it is the newest link.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn is_set_up_link_live(cx: &Cx, secret: &str) -> ServiceResult<bool> {
    let found = token::find(cx.db().pool(), Purpose::SetUp, secret).await?;
    let is_live = found.is_some_and(|found| token::state(&found, cx.now()) == TokenState::Live);
    Ok(is_live && !has_administrator(cx.db().pool()).await?)
}

/// Makes the first administrator.
///
/// # Permissions
/// Whoever has the link, once.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work; [`ServiceError::Invalid`] for what was typed.
pub async fn complete_set_up(cx: &Cx, secret: &str, form: &SetUpForm) -> ServiceResult<SignedIn> {
    if !is_set_up_link_live(cx, secret).await? {
        return Err(ServiceError::NotFound);
    }
    let email = check_form(cx, form)?;
    let hash = cx.portico.hasher.hash(&form.password).await?;
    let transaction = cx.begin().await?;
    let found = token::find(&transaction, Purpose::SetUp, secret).await?.ok_or(ServiceError::NotFound)?;
    if has_administrator(&transaction).await? || !token::spend(cx, &transaction, found.id).await? {
        return Err(ServiceError::NotFound);
    }
    let user = insert_administrator(cx, &transaction, form.name.trim(), &email, Some(hash)).await?;
    let device = devices::note(cx, &transaction, user.into()).await?;
    transaction.commit().await?;
    Ok(SignedIn {
        user,
        membership: None,
        has_choice: false,
        landing: Landing::Staff,
        level: Level::Full,
        proved_at: Some(cx.now()),
        device: Some(device.id),
    })
}

/// Makes an administrator from the command line, with a password that was read from stdin.
///
/// # Permissions
/// The installation itself.
///
/// # Errors
/// [`ServiceError::Invalid`] for the email or password; [`ServiceError::Refused`] when the login is taken.
pub async fn create_administrator(cx: &Cx, email: &str, password: &str) -> ServiceResult<UserId> {
    if !cx.actor.is_system() {
        return Err(ServiceError::NotFound);
    }
    let form = SetUpForm {
        name: email.to_owned(),
        email: email.to_owned(),
        password: password.to_owned(),
        repetition: password.to_owned(),
    };
    let email = check_form(cx, &form)?;
    let hash = cx.portico.hasher.hash(password).await?;
    let transaction = cx.begin().await?;
    let user = insert_administrator(cx, &transaction, email.as_str(), &email, Some(hash)).await?;
    transaction.commit().await?;
    Ok(user)
}

fn check_form(cx: &Cx, form: &SetUpForm) -> ServiceResult<Email> {
    let mut errors = FieldErrors::default();
    if form.name.trim().is_empty() {
        errors.add("name", "Enter your name.");
    }
    let email = Email::parse(&form.email);
    if let Err(error) = &email {
        errors.add("email", error.to_string());
    }
    let context = [form.email.as_str(), cx.config().business.as_str()];
    if let Err(found) = check_new_password(&form.password, &form.repetition, &context) {
        for (field, text) in found.iter() {
            errors.add(field, text);
        }
    }
    errors.into_result()?;
    email.map_err(|error| ServiceError::field("email", error.to_string()))
}

async fn has_administrator(connection: &impl ConnectionTrait) -> ServiceResult<bool> {
    let administrators = user::Entity::find()
        .filter(user::Column::Role.eq(StaffRole::Administrator.code()))
        .count(connection)
        .await?;
    Ok(administrators > 0)
}

async fn insert_administrator(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    name: &str,
    email: &Email,
    password_hash: Option<String>,
) -> ServiceResult<UserId> {
    let now = cx.now();
    let id = ids::mint(now);
    let row = user::ActiveModel {
        id: Set(id),
        login: Set(Login::from(email).as_str().to_owned()),
        name: Set(name.to_owned()),
        password_hash: Set(password_hash),
        kind: Set("staff".to_owned()),
        role: Set(Some(StaffRole::Administrator.code().to_owned())),
        status: Set("active".to_owned()),
        require_two_factor: Set(false),
        two_factor_since: Set(None),
        last_authenticated_at: Set(None),
        created_at: Set(now.millis()),
    };
    user::Entity::insert(row).exec_without_returning(connection).await.map_err(|error| {
        if ServiceError::is_unique_violation(&error) {
            ServiceError::refused(format!("{email} is a login already."))
        } else {
            error.into()
        }
    })?;
    let event = Event {
        action: "user.administrator_created",
        subject: email.as_str(),
        subject_id: Some(id),
        entity_id: None,
        data: json!({}),
    };
    audit::record(cx, connection, event).await?;
    Ok(UserId(id))
}

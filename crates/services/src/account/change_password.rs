use domain::{FieldErrors, account::PasswordForm};
use entities::user;
use sea_orm::{EntityTrait, QuerySelect};
use serde_json::json;

use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::account_holder,
    auth::{NewSession, check_new_password, confirm_password, reset_password::store},
    mail::{self, Letter, UserLetters},
    users::{companies, end_all_sessions, record},
};

/// Gives whoever is signed in another password. They are logged out everywhere else and no device is trusted any
/// more; their own session goes on under a new id.
///
/// # Permissions
/// Whoever is signed in with an account of their own, and knows its password.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields of [`PasswordForm`]; [`ServiceError::Throttled`] after many wrong
/// passwords, which count like those of sign-ins; [`ServiceError::NotFound`] for everybody without an account.
pub async fn change_password(cx: &Cx, form: &PasswordForm) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let companies = companies(cx.db().pool(), holder.id()).await?;
    let mut context = vec![holder.login.as_str(), cx.config().business.as_str()];
    context.extend(companies.iter().map(|(_, name)| name.as_str()));
    check(form, &context)?;
    let before = find(cx, holder.id()).await?;
    confirm_password(cx, &form.current_password).await.map_err(|error| match error {
        ServiceError::Invalid(errors) => errors.renamed("password", "current_password").into(),
        other => other,
    })?;
    let hash = cx.portico.hasher.hash(&form.new_password).await?;

    let transaction = cx.begin().await?;
    let user = user::Entity::find_by_id(holder.id()).lock_exclusive().one(&transaction).await?;
    let user = user.filter(|user| user.status == "active").ok_or(ServiceError::NotFound)?;
    if user.password_hash != before.password_hash {
        return Err(ServiceError::refused("Your password was changed meanwhile. Log in with the new one."));
    }
    store(cx, &transaction, &user, hash).await?;
    end_all_sessions(&transaction, user.id, cx.session()).await?;
    tell(cx, &transaction, &user).await?;
    record(cx, &transaction, "user.password_changed", &user, json!({})).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    if let Some(session) = cx.session.as_deref() {
        cx.renew_session(NewSession { proved_at: Some(cx.now()), ..session.whose });
    }
    Ok(())
}

/// Everything that can be told without trying the present password.
fn check(form: &PasswordForm, context: &[&str]) -> Result<(), FieldErrors> {
    let checked = check_new_password(&form.new_password, &form.repetition, context);
    let mut errors = checked.err().unwrap_or_default().renamed("password", "new_password");
    if form.current_password.is_empty() {
        errors.add("current_password", "Enter the password that you have now.");
    } else if form.current_password == form.new_password {
        errors.add("new_password", "This is the password that you have now. Choose another one.");
    }
    errors.into_result()
}

async fn find(cx: &Cx, id: uuid::Uuid) -> ServiceResult<user::Model> {
    user::Entity::find_by_id(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)
}

async fn tell(cx: &Cx, transaction: &Transaction, user: &user::Model) -> ServiceResult<()> {
    // Only an address can be told.
    let Some(email) = domain::Login::from_typed(&user.login).email() else { return Ok(()) };
    let letters = UserLetters::new(cx, &user.name, &user.login);
    let letter = Letter {
        template: "password_changed",
        to_email: email.as_str(),
        to_name: &user.name,
        rendered: letters.password_changed(cx.now(), "Every other browser")?,
        is_secret: false,
        membership: None,
    };
    mail::queue(cx, transaction, letter).await
}

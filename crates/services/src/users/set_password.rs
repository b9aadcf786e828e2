use domain::{Login, access::Right, ids::UserId};
use entities::user;
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::subject::{companies, end_all_sessions, has_access, is_self, lock, may_reset, record};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    auth::{check_new_password, reset_password::store},
};

/// Sets the password of a login that is no email address, to be told to its owner. It logs them out everywhere.
///
/// # Permissions
/// [`Right::StartPasswordReset`] for portal users, [`Right::ManageUsers`] for all.
///
/// # Errors
/// [`ServiceError::Invalid`] for the password; [`ServiceError::Refused`] for a login that is an email address, is
/// disabled, or has no portal access left; [`ServiceError::NotFound`] without the right or the user.
pub async fn set_password(cx: &Cx, id: UserId, password: &str, repetition: &str) -> ServiceResult<()> {
    staff(cx, Right::StartPasswordReset)?;
    let found = user::Entity::find_by_id(Uuid::from(id)).one(cx.db().pool()).await?;
    let subject = found.ok_or(ServiceError::NotFound)?;
    may_reset(cx, &subject)?;
    refuse(&subject)?;
    let companies = companies(cx.db().pool(), subject.id).await?;
    let mut context = vec![subject.login.as_str(), cx.config().business.as_str()];
    context.extend(companies.iter().map(|(_, name)| name.as_str()));
    check_new_password(password, repetition, &context)?;
    let hash = cx.portico.hasher.hash(password).await?;

    let transaction = cx.begin().await?;
    let subject = lock(&transaction, id).await?;
    refuse(&subject)?;
    if !has_access(&transaction, &subject).await? {
        return Err(ServiceError::refused("Has no portal access: grant it first."));
    }
    store(cx, &transaction, &subject, hash).await?;
    // Whoever sets their own stays where they are.
    let keep = cx.session().filter(|_| is_self(cx, subject.id));
    end_all_sessions(&transaction, subject.id, keep).await?;
    record(cx, &transaction, "user.password_set", &subject, json!({ "by": "staff" })).await?;
    transaction.commit().await?;
    Ok(())
}

fn refuse(user: &user::Model) -> ServiceResult<()> {
    if user.status == "disabled" {
        return Err(ServiceError::refused("This login is disabled: enable it first."));
    }
    if Login::from_typed(&user.login).email().is_some() {
        return Err(ServiceError::refused(
            "This login is an email address: send a password reset, so that nobody but its owner knows the \
             password.",
        ));
    }
    Ok(())
}

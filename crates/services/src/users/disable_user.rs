use domain::{access::Right, account::is_closed_login, ids::UserId};
use entities::user;
use serde_json::json;

use super::subject::{
    end_all_sessions, has_access, is_self, keep_an_administrator, lock, lock_administrators, record, set,
    void_links,
};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Keeps a user out, at once: their sessions end and their links stop working. The login stays theirs.
///
/// # Permissions
/// [`Right::ManageUsers`]; nobody disables themselves.
///
/// # Errors
/// [`ServiceError::Refused`] for oneself and for the last administrator; [`ServiceError::NotFound`] without the
/// right or the user.
pub async fn disable_user(cx: &Cx, id: UserId) -> ServiceResult<()> {
    staff(cx, Right::ManageUsers)?;
    let transaction = cx.begin().await?;
    let administrators = lock_administrators(&transaction).await?;
    let subject = lock(&transaction, id).await?;
    if is_self(cx, subject.id) {
        return Err(ServiceError::refused("You cannot disable yourself: ask another administrator."));
    }
    if subject.status == "disabled" {
        return Ok(());
    }
    keep_an_administrator(&administrators, subject.id)?;
    set(&transaction, subject.id, user::Column::Status, "disabled").await?;
    end_all_sessions(&transaction, subject.id, None).await?;
    void_links(cx, &transaction, &subject, "Not sent: the login was disabled first.").await?;
    let data = json!({ "before": subject.status, "after": "disabled" });
    record(cx, &transaction, "user.disabled", &subject, data).await?;
    transaction.commit().await?;
    Ok(())
}

/// Lets a disabled user in again, with the password they had. Whoever had none needs a new invitation, and so
/// does whoever lost their last access meanwhile.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// [`ServiceError::Refused`] for an account that its owner closed; [`ServiceError::NotFound`] without the right or the
/// user.
pub async fn enable_user(cx: &Cx, id: UserId) -> ServiceResult<()> {
    staff(cx, Right::ManageUsers)?;
    let transaction = cx.begin().await?;
    let subject = lock(&transaction, id).await?;
    if subject.status != "disabled" {
        return Ok(());
    }
    if is_closed_login(&subject.login) {
        return Err(ServiceError::refused(
            "Its owner closed this account for good. To let them in again, grant access anew.",
        ));
    }
    let keeps_password = subject.password_hash.is_some() && has_access(&transaction, &subject).await?;
    let status = if keeps_password { "active" } else { "invited" };
    set(&transaction, subject.id, user::Column::Status, status).await?;
    if !keeps_password {
        set(&transaction, subject.id, user::Column::PasswordHash, Option::<String>::None).await?;
    }
    let data = json!({ "before": "disabled", "after": status });
    record(cx, &transaction, "user.enabled", &subject, data).await?;
    transaction.commit().await?;
    Ok(())
}

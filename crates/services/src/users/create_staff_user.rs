use domain::{Login, access::Right, ids::UserId, users::StaffUserForm};
use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;

use super::{invite_staff::invite_staff, subject::record};
use crate::{Cx, ServiceError, ServiceResult, access::staff, ids};

/// Makes a staff user and invites them by mail.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// [`ServiceError::Invalid`] with the wrong fields, also when the login is taken;
/// [`ServiceError::NotFound`] without the right.
pub async fn create_staff_user(cx: &Cx, form: &StaffUserForm) -> ServiceResult<UserId> {
    staff(cx, Right::ManageUsers)?;
    let (email, role) = form.check()?;
    let login = Login::from(&email);
    let transaction = cx.begin().await?;
    let known = user::Entity::find().filter(user::Column::Login.eq(login.as_str())).one(&transaction).await?;
    if known.is_some() {
        return Err(taken("email"));
    }
    let now = cx.now();
    let row = user::Model {
        id: ids::mint(now),
        login: login.as_str().to_owned(),
        name: form.name.trim().to_owned(),
        password_hash: None,
        kind: "staff".to_owned(),
        role: Some(role.code().to_owned()),
        status: "invited".to_owned(),
        require_two_factor: false,
        two_factor_since: None,
        last_authenticated_at: None,
        created_at: now.millis(),
    };
    user::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(&transaction)
        .await
        .map_err(|error| or_taken(error, "email"))?;
    record(cx, &transaction, "user.created", &row, json!({ "name": row.name, "role": role.code() })).await?;
    invite_staff(cx, &transaction, &row, &email).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(UserId(row.id))
}

/// The login belongs to somebody.
pub(super) fn taken(field: &str) -> ServiceError {
    ServiceError::field(
        field,
        "Somebody logs in with this already; disabled logins count too. Choose another.",
    )
}

/// The same where somebody was faster.
pub(super) fn or_taken(error: sea_orm::DbErr, field: &str) -> ServiceError {
    if ServiceError::is_unique_violation(&error) { taken(field) } else { error.into() }
}

use domain::{access::Right, ids::UserId, users::UserForm};
use entities::user;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Map, Value, json};

use super::{
    create_staff_user::{or_taken, taken},
    login_change::tell_and_invite,
    subject::{lock, record},
};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Changes a user's name, login, and whether they must use two-factor authentication.
///
/// A new login changes what they sign in with and nothing else: contact, password and sessions stay. Links that
/// were sent to the old one stop working; unclaimed invitations go to the new one; both addresses are told.
///
/// # Permissions
/// [`Right::ManageUsers`].
///
/// # Errors
/// [`ServiceError::Invalid`] with the wrong fields, also when the login is taken; [`ServiceError::Stale`] when
/// somebody else saved first; [`ServiceError::NotFound`] without the right or the user.
pub async fn save_user(cx: &Cx, id: UserId, form: &UserForm) -> ServiceResult<()> {
    staff(cx, Right::ManageUsers)?;
    let login = form.check()?;
    let transaction = cx.begin().await?;
    let before = lock(&transaction, id).await?;
    let after = user::Model {
        login: login.as_str().to_owned(),
        name: form.name.trim().to_owned(),
        require_two_factor: form.require_two_factor,
        ..before.clone()
    };
    if after == before {
        return Ok(());
    }
    let seen = (form.seen_name.as_str(), form.seen_login.as_str(), form.seen_two_factor);
    if seen != (before.name.as_str(), before.login.as_str(), before.require_two_factor) {
        return Err(ServiceError::Stale);
    }
    let is_login_changed = after.login != before.login;
    if is_login_changed {
        let other =
            user::Entity::find().filter(user::Column::Login.eq(&after.login)).one(&transaction).await?;
        if other.is_some() {
            return Err(taken("login"));
        }
    }
    user::Entity::update_many()
        .col_expr(user::Column::Login, Expr::value(after.login.as_str()))
        .col_expr(user::Column::Name, Expr::value(after.name.as_str()))
        .col_expr(user::Column::RequireTwoFactor, Expr::value(after.require_two_factor))
        .filter(user::Column::Id.eq(before.id))
        .exec(&transaction)
        .await
        .map_err(|error| or_taken(error, "login"))?;
    if let Some(data) = changes(&before, &after) {
        record(cx, &transaction, "user.changed", &after, data).await?;
    }
    if is_login_changed {
        let data = json!({ "before": before.login, "after": after.login });
        record(cx, &transaction, "user.login_changed", &after, data).await?;
        tell_and_invite(cx, &transaction, &before, &after).await?;
    }
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

/// Name and requirement, before and after, as far as they differ.
fn changes(before: &user::Model, after: &user::Model) -> Option<Value> {
    let mut was = Map::new();
    let mut is = Map::new();
    let mut differ = |name: &str, from: Value, to: Value| {
        if from != to {
            was.insert(name.to_owned(), from);
            is.insert(name.to_owned(), to);
        }
    };
    differ("name", json!(before.name), json!(after.name));
    differ("require_two_factor", json!(before.require_two_factor), json!(after.require_two_factor));
    (!is.is_empty()).then(|| json!({ "before": was, "after": is }))
}

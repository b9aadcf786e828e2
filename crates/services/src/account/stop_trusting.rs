use domain::{ids::DeviceId, users::device as named};
use entities::device;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Cx, ServiceResult,
    access::account_holder,
    mail::{self, UserLetters},
    users::{lock, record},
};

/// Asks for a code on a device again, from the next log-in on; its owner is told by mail.
///
/// # Permissions
/// The device's own user.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for whoever has no account of their own.
pub async fn stop_trusting_device(cx: &Cx, id: DeviceId) -> ServiceResult<()> {
    stop(cx, Condition::all().add(device::Column::Id.eq(Uuid::from(id)))).await
}

/// Asks for a code on every device again.
///
/// # Permissions
/// Whoever is signed in with an account of their own.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else.
pub async fn stop_trusting_all_devices(cx: &Cx) -> ServiceResult<()> {
    stop(cx, Condition::all()).await
}

fn now(cx: &Cx) -> String {
    cx.settings().zone.display(cx.now())
}

async fn stop(cx: &Cx, which: Condition) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let transaction = cx.begin().await?;
    let user = lock(&transaction, holder.user).await?;
    let theirs =
        which.add(device::Column::UserId.eq(user.id)).add(device::Column::TrustedUntil.gt(cx.now().millis()));
    let found = device::Entity::find()
        .filter(theirs)
        .order_by_desc(device::Column::LastSeenAt)
        .all(&transaction)
        .await?;
    if found.is_empty() {
        return Ok(());
    }
    device::Entity::update_many()
        .col_expr(device::Column::TrustedUntil, Expr::value(Option::<i64>::None))
        .filter(device::Column::Id.is_in(found.iter().map(|device| device.id)))
        .exec(&transaction)
        .await?;
    let names: Vec<String> = found.iter().map(|device| named(&device.agent)).collect();
    record(cx, &transaction, "user.trust_ended", &user, json!({ "devices": names })).await?;
    let agents: Vec<&str> = found.iter().map(|device| device.agent.as_str()).collect();
    let rendered = UserLetters::new(cx, &holder.name, &user.login).trust_ended(&agents, &now(cx))?;
    mail::tell_user(cx, &transaction, (&holder.name, &user.login), "trust_ended", rendered).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

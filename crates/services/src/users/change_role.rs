use domain::{
    access::{Right, StaffRole},
    ids::UserId,
};
use entities::user;
use serde_json::json;

use super::subject::{is_self, keep_an_administrator, lock, lock_administrators, record, set};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Gives a staff user another role. It holds from their next request on.
///
/// # Permissions
/// [`Right::ManageUsers`]; nobody changes their own.
///
/// # Errors
/// [`ServiceError::Refused`] for oneself, for a portal user, and for the last administrator;
/// [`ServiceError::NotFound`] without the right or the user.
pub async fn change_role(cx: &Cx, id: UserId, role: StaffRole) -> ServiceResult<()> {
    staff(cx, Right::ManageUsers)?;
    let transaction = cx.begin().await?;
    let administrators = lock_administrators(&transaction).await?;
    let subject = lock(&transaction, id).await?;
    if subject.kind != "staff" {
        return Err(ServiceError::refused(
            "Customers have no role: their rights come from permission groups.",
        ));
    }
    if is_self(cx, subject.id) {
        return Err(ServiceError::refused("You cannot change your own role: ask another administrator."));
    }
    let before = subject.role.clone().unwrap_or_default();
    if before == role.code() {
        return Ok(());
    }
    keep_an_administrator(&administrators, subject.id)?;
    set(&transaction, subject.id, user::Column::Role, role.code()).await?;
    let data = json!({ "before": before, "after": role.code() });
    record(cx, &transaction, "user.role_changed", &subject, data).await?;
    transaction.commit().await?;
    Ok(())
}

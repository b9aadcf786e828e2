//! Switching the second factor on and off.

use entities::{totp, user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::recovery_codes;
use crate::{Cx, ServiceResult, Transaction, auth::devices};

/// Notes that a user's second factor is on.
pub(super) async fn switch_on(cx: &Cx, transaction: &Transaction, user: Uuid) -> ServiceResult<()> {
    set(transaction, user, Some(cx.now().millis())).await
}

/// Takes a user's second factor away, with all that stands in for it. `false` when there was none.
pub(crate) async fn switch_off(transaction: &Transaction, user: Uuid) -> ServiceResult<bool> {
    let removed = totp::Entity::delete_by_id(user).exec(transaction).await?;
    recovery_codes::remove(transaction, user).await?;
    devices::stop_trusting(transaction, user).await?;
    set(transaction, user, None).await?;
    Ok(removed.rows_affected > 0)
}

async fn set(transaction: &Transaction, user: Uuid, since: Option<i64>) -> ServiceResult<()> {
    user::Entity::update_many()
        .col_expr(user::Column::TwoFactorSince, Expr::value(since))
        .filter(user::Column::Id.eq(user))
        .exec(transaction)
        .await?;
    Ok(())
}

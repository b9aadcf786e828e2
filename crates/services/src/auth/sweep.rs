use std::sync::Arc;

use entities::{device, membership, session, sign_in_throttle};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use time::Duration;

use super::{devices::REMEMBERED, passkeys, session::PORTAL};
use crate::{
    Portico, ServiceResult,
    access::{UNDO_WINDOW, end_lapsed},
};

/// Removes what nobody can use any more: dead sessions, forgotten failures, challenges without an answer, what was kept to undo a revocation;
/// and ends the memberships that are over by their date.
///
/// # Errors
/// When the database fails.
pub async fn sweep(portico: &Arc<Portico>) -> ServiceResult<()> {
    let now = portico.clock.now();
    let dead = Condition::any()
        .add(session::Column::LastSeenAt.lt(now.plus(-PORTAL.idle).millis()))
        .add(session::Column::CreatedAt.lt(now.plus(-PORTAL.absolute).millis()));
    session::Entity::delete_many().filter(dead).exec(portico.db.pool()).await?;
    sign_in_throttle::Entity::delete_many()
        .filter(sign_in_throttle::Column::LastFailedAt.lt(now.plus(-Duration::days(30)).millis()))
        .exec(portico.db.pool())
        .await?;
    device::Entity::delete_many()
        .filter(device::Column::LastSeenAt.lt(now.plus(-REMEMBERED).millis()))
        .exec(portico.db.pool())
        .await?;
    passkeys::forget_expired(portico.db.pool(), now.millis()).await?;
    membership::Entity::update_many()
        .col_expr(membership::Column::UndoState, Expr::value(Option::<String>::None))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(Option::<String>::None))
        .filter(membership::Column::UndoState.is_not_null())
        .filter(membership::Column::EndedAt.lt(now.plus(-UNDO_WINDOW).millis()))
        .exec(portico.db.pool())
        .await?;
    end_lapsed(&portico.system("end of a membership")).await
}

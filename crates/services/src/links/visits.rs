//! Sessions of those who came by a customer's secure link.

use entities::session;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use crate::ServiceResult;

/// Ends them all. Staff who opened the link stay signed in and lose only the customer's face.
pub(super) async fn end_visits(connection: &impl ConnectionTrait, customer: Uuid) -> ServiceResult<()> {
    session::Entity::delete_many()
        .filter(session::Column::ContactId.eq(customer))
        .filter(session::Column::UserId.is_null())
        .exec(connection)
        .await?;
    session::Entity::update_many()
        .col_expr(session::Column::ContactId, Expr::value(Option::<Uuid>::None))
        .filter(session::Column::ContactId.eq(customer))
        .exec(connection)
        .await?;
    Ok(())
}

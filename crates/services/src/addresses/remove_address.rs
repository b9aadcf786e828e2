use domain::{access::Permission, ids::AddressId};
use entities::{address, contact};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::stored::record;
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope};

/// Removes an address. It stays in the database, and [`restore_address`](super::restore_address) brings it back. A
/// contact's own address is none of these: it cannot be removed here, whoever asks.
///
/// # Permissions
/// [`Permission::AddressesEdit`], in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such address within the scope.
pub async fn remove_address(cx: &Cx, id: AddressId) -> ServiceResult<()> {
    let scope = portal_scope(cx, Permission::AddressesEdit)?;
    let transaction = cx.begin().await?;
    let found = scope.addresses().filter(address::Column::Id.eq(Uuid::from(id))).one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let removed = address::Entity::update_many()
        .col_expr(address::Column::RemovedAt, Expr::value(cx.now().millis()))
        .col_expr(address::Column::Version, Expr::col(address::Column::Version).add(1))
        .filter(address::Column::Id.eq(found.id))
        .filter(address::Column::RemovedAt.is_null())
        .exec(&transaction)
        .await?;
    // Removed already: a second click, which is as good as done.
    if removed.rows_affected == 0 {
        return Ok(());
    }
    let company = contact::Entity::find_by_id(found.entity_id).one(&transaction).await?;
    let company = company.map(|company| company.name).unwrap_or_default();
    record(cx, &transaction, "address.removed", &found, &company, json!({})).await?;
    transaction.commit().await?;
    Ok(())
}

use domain::{access::Permission, ids::AddressId};
use entities::address;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::stored::{lock_entity, record};
use crate::{Cx, ServiceError, ServiceResult, Transaction, access::portal_scope};

/// Brings a removed address back. It is the default again unless another one is meanwhile.
///
/// # Permissions
/// [`Permission::AddressesEdit`], in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such address within the scope.
pub async fn restore_address(cx: &Cx, id: AddressId) -> ServiceResult<()> {
    let scope = portal_scope(cx, Permission::AddressesEdit)?;
    let transaction = cx.begin().await?;
    let found = scope.addresses().filter(address::Column::Id.eq(Uuid::from(id))).one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    if found.removed_at.is_none() {
        return Ok(());
    }
    let company = lock_entity(&transaction, found.entity_id).await?;
    let billing =
        found.is_default_billing && is_free(&transaction, &found, address::Column::IsDefaultBilling).await?;
    let delivery = found.is_default_delivery
        && is_free(&transaction, &found, address::Column::IsDefaultDelivery).await?;
    address::Entity::update_many()
        .col_expr(address::Column::RemovedAt, Expr::value(Option::<i64>::None))
        .col_expr(address::Column::IsDefaultBilling, Expr::value(billing))
        .col_expr(address::Column::IsDefaultDelivery, Expr::value(delivery))
        .col_expr(address::Column::Version, Expr::col(address::Column::Version).add(1))
        .filter(address::Column::Id.eq(found.id))
        .filter(address::Column::RemovedAt.is_not_null())
        .exec(&transaction)
        .await?;
    record(cx, &transaction, "address.restored", &found, &company.name, json!({})).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether no other address of the customer is a default.
async fn is_free(
    transaction: &Transaction,
    address: &address::Model,
    default: address::Column,
) -> ServiceResult<bool> {
    let other = address::Entity::find()
        .filter(address::Column::EntityId.eq(address.entity_id))
        .filter(address::Column::RemovedAt.is_null())
        .filter(address::Column::Id.ne(address.id))
        .filter(default.eq(true))
        .one(transaction)
        .await?;
    Ok(other.is_none())
}

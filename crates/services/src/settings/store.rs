//! Rows of settings, written one at a time.

use entities::setting;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde_json::Value;

use crate::{ServiceError, ServiceResult, Transaction};

/// Keeps others from changing a setting until the transaction ends, and says whether it has a row.
pub(super) async fn lock(transaction: &Transaction, name: &str) -> ServiceResult<bool> {
    let found = setting::Entity::find_by_id(name.to_owned()).lock_exclusive().one(transaction).await?;
    Ok(found.is_some())
}

/// Writes a setting that was locked.
pub(super) async fn put(
    transaction: &Transaction,
    name: &str,
    exists: bool,
    value: Value,
) -> ServiceResult<()> {
    if exists {
        setting::Entity::update_many()
            .col_expr(setting::Column::Value, Expr::value(value))
            .filter(setting::Column::Name.eq(name))
            .exec(transaction)
            .await?;
        return Ok(());
    }
    let row = setting::ActiveModel { name: Set(name.to_owned()), value: Set(value) };
    match setting::Entity::insert(row).exec_without_returning(transaction).await {
        // What has no row yet cannot be locked: somebody else was faster.
        Err(error) if ServiceError::is_unique_violation(&error) => Err(ServiceError::Stale),
        other => other.map(|_| ()).map_err(ServiceError::from),
    }
}

/// Removes a setting that was locked.
pub(super) async fn remove(transaction: &Transaction, name: &str) -> ServiceResult<()> {
    setting::Entity::delete_by_id(name.to_owned()).exec(transaction).await?;
    Ok(())
}

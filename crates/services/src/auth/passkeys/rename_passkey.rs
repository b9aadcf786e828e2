use domain::{ids::PasskeyId, passkeys::PasskeyName};
use entities::passkey as row;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use super::{own, tell};
use crate::{Cx, ServiceResult, access::account_holder};

/// Gives one of one's own passkeys another name. The same one again changes nothing.
///
/// # Permissions
/// Its owner.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) for the field `name`;
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for everybody else, and once it is removed.
pub async fn rename_passkey(cx: &Cx, id: PasskeyId, name: &str) -> ServiceResult<()> {
    let holder = account_holder(cx)?;
    let transaction = cx.begin().await?;
    let passkey = own::one(&transaction, holder.id(), id).await?;
    let name = PasskeyName::parse(name)?;
    if name.as_str() == passkey.name {
        return Ok(());
    }
    let mut others = own::all(&transaction, holder.id()).await?;
    others.retain(|other| other.id != passkey.id);
    own::check_name(&others, &name)?;
    row::Entity::update_many()
        .col_expr(row::Column::Name, Expr::value(name.as_str()))
        .filter(row::Column::Id.eq(passkey.id))
        .exec(&transaction)
        .await?;
    let data = json!({ "before": { "name": passkey.name }, "after": { "name": name.as_str() } });
    tell::record(cx, &transaction, &holder, "passkey.renamed", data).await?;
    transaction.commit().await?;
    Ok(())
}

use domain::{access::Right, ids::ContactId};
use entities::contact;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;

use super::visits::end_visits;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// Switches a customer's secure link on or off; off, every session that it opened ends.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such customer or the actor lacks the right.
pub async fn switch_secure_link(cx: &Cx, id: ContactId, on: bool) -> ServiceResult<()> {
    let pass = staff(cx, Right::ManageAccess)?;
    let transaction = cx.begin().await?;
    let found = pass.contact(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if found.entity_id != found.id {
        return Err(ServiceError::NotFound);
    }
    let switched = contact::Entity::update_many()
        .col_expr(contact::Column::LinkIsOff, Expr::value(!on))
        .filter(contact::Column::Id.eq(found.id))
        .filter(contact::Column::LinkIsOff.eq(on))
        .exec(&transaction)
        .await?;
    if switched.rows_affected == 0 {
        return Ok(());
    }
    if !on {
        end_visits(&transaction, found.id).await?;
    }
    let event = Event {
        action: if on { "secure_link.switched_on" } else { "secure_link.switched_off" },
        subject: &found.name,
        subject_id: Some(found.id),
        entity_id: Some(found.id),
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

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

/// Makes a customer a new secure link: the old one is dead, and so is every session that it opened.
///
/// `generation` says which link is meant, so that a second press or tab does not replace the new one.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such customer or the actor lacks the right.
pub async fn rotate_secure_link(cx: &Cx, id: ContactId, generation: i32) -> ServiceResult<()> {
    let pass = staff(cx, Right::ManageAccess)?;
    let transaction = cx.begin().await?;
    let found = pass.contact(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if found.entity_id != found.id {
        return Err(ServiceError::NotFound);
    }
    let next = generation.checked_add(1).ok_or(ServiceError::NotFound)?;
    let rotated = contact::Entity::update_many()
        .col_expr(contact::Column::LinkGeneration, Expr::value(next))
        .filter(contact::Column::Id.eq(found.id))
        .filter(contact::Column::LinkGeneration.eq(generation))
        .exec(&transaction)
        .await?;
    if rotated.rows_affected == 0 {
        return Ok(());
    }
    end_visits(&transaction, found.id).await?;
    let event = Event {
        action: "secure_link.rotated",
        subject: &found.name,
        subject_id: Some(found.id),
        entity_id: Some(found.id),
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

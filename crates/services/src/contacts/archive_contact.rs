use domain::{access::Right, ids::ContactId};
use entities::contact;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{end_memberships_of_contact, staff},
    audit::{self, Event},
};

/// Puts a contact away, or brings it back. Its portal access ends; bringing it back does not grant it again.
///
/// # Permissions
/// [`Right::EditContacts`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such contact or the actor lacks the right;
/// [`ServiceError::Refused`] while others hang under it.
pub async fn archive_contact(cx: &Cx, id: ContactId, archive: bool) -> ServiceResult<()> {
    let pass = staff(cx, Right::EditContacts)?;
    let transaction = cx.begin().await?;
    let found = pass.contact(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if found.archived_at.is_some() == archive {
        return Ok(());
    }
    if archive {
        let below = pass
            .contacts()
            .filter(contact::Column::ParentId.eq(found.id))
            .filter(contact::Column::ArchivedAt.is_null())
            .one(&transaction)
            .await?;
        if below.is_some() {
            return Err(ServiceError::refused("Archive the people under this company first."));
        }
        end_memberships_of_contact(cx, &transaction, &found, "access.ended_by_archiving").await?;
    }
    let now = cx.now().millis();
    contact::Entity::update_many()
        .col_expr(contact::Column::ArchivedAt, Expr::value(archive.then_some(now)))
        .col_expr(contact::Column::Version, Expr::col(contact::Column::Version).add(1))
        .col_expr(contact::Column::UpdatedAt, Expr::value(now))
        .filter(contact::Column::Id.eq(found.id))
        .exec(&transaction)
        .await?;
    let event = Event {
        action: if archive { "contact.archived" } else { "contact.restored" },
        subject: &found.name,
        subject_id: Some(found.id),
        entity_id: Some(found.entity_id),
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

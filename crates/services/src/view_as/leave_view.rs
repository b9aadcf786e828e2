use domain::{access::Right, ids::ContactId};
use entities::{contact, membership, session};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
    auth::{PortalFace, show_portal_as},
};

/// Ends the look at a customer's portal; returns whose it was, if there was one.
///
/// # Permissions
/// Every staff user: it only takes something away from their own session.
///
/// # Errors
/// [`ServiceError::NotFound`] for everybody else.
pub async fn leave_view(cx: &Cx) -> ServiceResult<Option<ContactId>> {
    staff(cx, Right::ReadContacts)?;
    let session = cx.session().ok_or(ServiceError::Unauthenticated)?;
    let transaction = cx.begin().await?;
    let viewed = end_earlier(cx, &transaction, session, false).await?;
    show_portal_as(&transaction, session, PortalFace::Own).await?;
    transaction.commit().await?;
    Ok(viewed)
}

/// Writes down that the look at hand is over, unless its time was up before; returns whose portal it was.
pub(super) async fn end_earlier(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    id_hash: &str,
    replaced: bool,
) -> ServiceResult<Option<ContactId>> {
    let Some(row) = session::Entity::find_by_id(id_hash).one(connection).await? else { return Ok(None) };
    let Some(until) = row.view_until else { return Ok(None) };
    let contact = match (row.view_membership_id, row.view_contact_id) {
        (Some(id), _) => membership::Entity::find_by_id(id).one(connection).await?.map(|m| m.contact_id),
        (None, contact) => contact,
    };
    let Some(id) = contact else { return Ok(None) };
    let found = contact::Entity::find_by_id(id).one(connection).await?;
    if let Some(viewed) = found.filter(|_| until > cx.now().millis()) {
        let event = Event {
            action: "view_as.left",
            subject: &viewed.name,
            subject_id: Some(viewed.id),
            entity_id: Some(viewed.entity_id),
            data: json!({ "reason": row.view_reason, "replaced": replaced }),
        };
        audit::record(cx, connection, event).await?;
    }
    Ok(Some(ContactId(id)))
}

use domain::ids::ContactId;
use entities::contact;
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::secret;
use crate::{Portico, ServiceResult};

/// The secure link of a contact's customer, for mails to it: `None` while it is switched off, or the customer
/// is archived. Once the customer has a portal user, it leads to sign-in.
///
/// # Permissions
/// None are asked: whoever sends mails to the customer decides.
///
/// # Errors
/// When the database fails.
pub async fn secure_link_of(
    portico: &Portico,
    connection: &impl ConnectionTrait,
    contact: ContactId,
) -> ServiceResult<Option<String>> {
    let Some(found) = contact::Entity::find_by_id(Uuid::from(contact)).one(connection).await? else {
        return Ok(None);
    };
    let customer = if found.entity_id == found.id {
        Some(found)
    } else {
        contact::Entity::find_by_id(found.entity_id).one(connection).await?
    };
    Ok(customer.filter(is_open).map(|customer| address(portico, &customer)))
}

/// Whether a customer's link is on.
pub(super) fn is_open(customer: &contact::Model) -> bool {
    customer.entity_id == customer.id && customer.archived_at.is_none() && !customer.link_is_off
}

/// The whole link.
pub(super) fn address(portico: &Portico, customer: &contact::Model) -> String {
    format!("{}/link/{}", portico.config.public_url, secret::of(portico, customer))
}

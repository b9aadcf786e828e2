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
    match contact::Entity::find_by_id(Uuid::from(contact)).one(connection).await? {
        Some(contact) => secure_link_for(portico, connection, &contact).await,
        None => Ok(None),
    }
}

/// The same for a contact at hand.
pub(crate) async fn secure_link_for(
    portico: &Portico,
    connection: &impl ConnectionTrait,
    contact: &contact::Model,
) -> ServiceResult<Option<String>> {
    let link = |customer: &contact::Model| is_open(customer).then(|| address(portico, customer));
    if contact.entity_id == contact.id {
        return Ok(link(contact));
    }
    let customer = contact::Entity::find_by_id(contact.entity_id).one(connection).await?;
    Ok(customer.as_ref().and_then(link))
}

/// Whether a customer's link is on.
pub(super) fn is_open(customer: &contact::Model) -> bool {
    customer.entity_id == customer.id && customer.archived_at.is_none() && !customer.link_is_off
}

/// The whole link.
pub(super) fn address(portico: &Portico, customer: &contact::Model) -> String {
    format!("{}/link/{}", portico.config.public_url, secret::of(portico, customer))
}

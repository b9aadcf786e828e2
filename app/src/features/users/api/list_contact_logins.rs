use domain::{ids::ContactId, users::ContactLogins};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The portal users of a contact, as far as their passwords go.
#[server(prefix = "/fn", endpoint = "staff/users/list_contact_logins", input = Json, output = Json)]
pub async fn list_contact_logins(contact: ContactId) -> Result<ContactLogins, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::users::list_contact_logins(&cx, contact).await)
}

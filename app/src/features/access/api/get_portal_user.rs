use domain::{access::PortalUserPage, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The portal user of a contact.
#[server(prefix = "/fn", endpoint = "staff/access/get_portal_user", input = Json, output = Json)]
pub async fn get_portal_user(contact: ContactId) -> Result<PortalUserPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::get_portal_user(&cx, contact).await)
}

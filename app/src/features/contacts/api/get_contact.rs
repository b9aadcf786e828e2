use domain::{contacts::ContactPage, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A contact's page.
#[server(prefix = "/fn", endpoint = "staff/contacts/get_contact", input = Json, output = Json)]
pub async fn get_contact(id: ContactId) -> Result<ContactPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::contacts::get_contact(&cx, id).await)
}

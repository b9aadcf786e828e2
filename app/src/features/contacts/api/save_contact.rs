use domain::{contacts::ContactForm, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Makes a contact, or changes one.
#[server(prefix = "/fn", endpoint = "staff/contacts/save_contact", input = Json, output = Json)]
pub async fn save_contact(id: Option<ContactId>, form: ContactForm) -> Result<ContactId, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::contacts::save_contact(&cx, id, &form).await)
}

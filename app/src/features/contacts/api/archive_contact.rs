use domain::ids::ContactId;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Puts a contact away, or brings it back.
#[server(prefix = "/fn", endpoint = "staff/contacts/archive_contact", input = Json, output = Json)]
pub async fn archive_contact(id: ContactId, archive: bool) -> Result<(), PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::contacts::archive_contact(&cx, id, archive).await)
}

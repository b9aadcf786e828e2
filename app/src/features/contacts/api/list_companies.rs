use domain::ids::ContactId;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Companies by name, for a form's select.
#[server(prefix = "/fn", endpoint = "staff/contacts/list_companies", input = Json, output = Json)]
pub async fn list_companies() -> Result<Vec<(ContactId, String)>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::contacts::list_companies(&cx).await)
}

use domain::{access::GrantTable, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The rows of the dialog *Grant portal access*.
#[server(prefix = "/fn", endpoint = "staff/access/list_grant_rows", input = Json, output = Json)]
pub async fn list_grant_rows(contacts: Vec<ContactId>) -> Result<GrantTable, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_grant_rows(&cx, &contacts).await)
}

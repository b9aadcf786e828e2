use domain::{access::GrantTable, ids::ContactId};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The rows of the dialog *Grant portal access*.
#[server(prefix = "/fn", endpoint = "staff/access/list_grant_rows", input = Json)]
pub async fn list_grant_rows(contacts: Vec<ContactId>) -> Result<GrantTable, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_grant_rows(&cx, &contacts).await)
}

use domain::{access::NewPortalUser, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What the form *New portal user* begins with.
#[server(prefix = "/fn", endpoint = "staff/access/get_new_portal_user", input = Json, output = Json)]
pub async fn get_new_portal_user(
    customer: ContactId,
    chosen: Option<ContactId>,
) -> Result<NewPortalUser, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::get_new_portal_user(&cx, customer, chosen).await)
}

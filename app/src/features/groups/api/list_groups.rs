use domain::access::GroupRow;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// Every permission group.
#[server(prefix = "/fn", endpoint = "staff/groups/list_groups", input = Json)]
pub async fn list_groups() -> Result<Vec<GroupRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::groups::list_groups(&cx).await)
}

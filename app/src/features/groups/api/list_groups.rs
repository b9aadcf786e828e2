use domain::access::GroupRow;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Every permission group.
#[server(prefix = "/fn", endpoint = "staff/groups/list_groups", input = Json, output = Json)]
pub async fn list_groups() -> Result<Vec<GroupRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::groups::list_groups(&cx).await)
}

use domain::access::GroupChoice;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The permission groups that can be given.
#[server(prefix = "/fn", endpoint = "staff/access/list_group_choices", input = Json, output = Json)]
pub async fn list_group_choices() -> Result<Vec<GroupChoice>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_group_choices(&cx).await)
}

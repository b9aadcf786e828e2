use domain::{access::GroupPage, ids::GroupId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A permission group's page.
#[server(prefix = "/fn", endpoint = "staff/groups/get_group", input = Json, output = Json)]
pub async fn get_group(id: GroupId) -> Result<GroupPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::groups::get_group(&cx, id).await)
}

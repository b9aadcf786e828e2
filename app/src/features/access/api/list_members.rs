use domain::access::Members;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The colleagues with portal access.
#[server(prefix = "/fn", endpoint = "my/access/list_members", input = Json, output = Json)]
pub async fn list_members() -> Result<Members, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_members(&cx).await)
}

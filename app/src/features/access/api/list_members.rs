use domain::access::Members;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The colleagues with portal access.
#[server(prefix = "/fn", endpoint = "my/access/list_members", input = Json)]
pub async fn list_members() -> Result<Members, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_members(&cx).await)
}

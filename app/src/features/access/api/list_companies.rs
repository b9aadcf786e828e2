use domain::access::MembershipChoice;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The companies that the person can choose between.
#[server(prefix = "/fn", endpoint = "my/access/list_companies", input = Json)]
pub async fn list_companies() -> Result<Vec<MembershipChoice>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::auth::list_companies(&cx).await)
}

use domain::access::MembershipChoice;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The companies that the person can choose between.
#[server(prefix = "/fn", endpoint = "my/access/list_companies", input = Json, output = Json)]
pub async fn list_companies() -> Result<Vec<MembershipChoice>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::auth::list_companies(&cx).await)
}

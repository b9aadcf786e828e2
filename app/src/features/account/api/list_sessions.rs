use domain::account::SessionList;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Where somebody is logged in, and which devices they trust.
#[server(prefix = "/fn", endpoint = "account/list_sessions", input = Json, output = Json)]
pub async fn list_sessions() -> Result<SessionList, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::list_sessions(&cx).await)
}

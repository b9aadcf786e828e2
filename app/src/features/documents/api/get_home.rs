use domain::documents::Home;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The portal home.
#[server(prefix = "/fn", endpoint = "my/documents/get_home", input = Json, output = Json)]
pub async fn get_home() -> Result<Home, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::home(&cx).await)
}

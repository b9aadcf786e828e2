use domain::documents::Home;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The portal home.
#[server(prefix = "/fn", endpoint = "my/documents/get_home", input = Json)]
pub async fn get_home() -> Result<Home, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::home(&cx).await)
}

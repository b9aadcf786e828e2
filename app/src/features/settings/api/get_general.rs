use domain::settings::GeneralPage;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// What is set for the whole installation.
#[server(prefix = "/fn", endpoint = "staff/settings/get_general", input = Json)]
pub async fn get_general() -> Result<GeneralPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::settings::get_general(&cx).await)
}

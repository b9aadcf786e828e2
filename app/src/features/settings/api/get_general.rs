use domain::settings::GeneralPage;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What is set for the whole installation.
#[server(prefix = "/fn", endpoint = "staff/settings/get_general", input = Json, output = Json)]
pub async fn get_general() -> Result<GeneralPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::settings::get_general(&cx).await)
}

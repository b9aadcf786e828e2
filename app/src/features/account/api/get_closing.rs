use domain::account::ClosingPage;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What closing an account would do.
#[server(prefix = "/fn", endpoint = "account/get_closing", input = Json, output = Json)]
pub async fn get_closing() -> Result<ClosingPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::get_closing(&cx).await)
}

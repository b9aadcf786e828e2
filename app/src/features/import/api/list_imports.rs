use domain::import::ImportRun;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The latest runs.
#[server(prefix = "/fn", endpoint = "staff/import/list_imports", input = Json, output = Json)]
pub async fn list_imports() -> Result<Vec<ImportRun>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::import::list_imports(&cx).await)
}

use domain::import::ImportRun;
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The latest runs.
#[server(prefix = "/fn", endpoint = "staff/import/list_imports", input = Json)]
pub async fn list_imports() -> Result<Vec<ImportRun>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::import::list_imports(&cx).await)
}

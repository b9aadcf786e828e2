use domain::{ids::ImportRunId, import::ImportStatus};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// How far a run is, or what it did.
#[server(prefix = "/fn", endpoint = "staff/import/get_import_status", input = Json, output = Json)]
pub async fn get_import_status(id: ImportRunId) -> Result<ImportStatus, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::import::import_status(&cx, id).await)
}

use domain::access::{BulkPage, BulkTargets};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The contacts that a change in bulk is for.
#[server(prefix = "/fn", endpoint = "staff/access/list_bulk_rows", input = Json, output = Json)]
pub async fn list_bulk_rows(targets: BulkTargets) -> Result<BulkPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_bulk_rows(&cx, &targets).await)
}

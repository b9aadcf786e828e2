use domain::access::{BulkPage, BulkTargets};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// The contacts that a change in bulk is for.
#[server(prefix = "/fn", endpoint = "staff/access/list_bulk_rows", input = Json)]
pub async fn list_bulk_rows(targets: BulkTargets) -> Result<BulkPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::list_bulk_rows(&cx, &targets).await)
}

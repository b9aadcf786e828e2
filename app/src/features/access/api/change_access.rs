use domain::access::{RowOutcome, RowRequest};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// Grants, re-invites and revokes, row by row.
#[server(prefix = "/fn", endpoint = "staff/access/change_access", input = Json)]
pub async fn change_access(rows: Vec<RowRequest>, message: String) -> Result<Vec<RowOutcome>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::change_access(&cx, &rows, &message).await)
}

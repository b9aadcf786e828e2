use domain::access::{RowOutcome, RowRequest};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Grants, re-invites and revokes, row by row.
#[server(prefix = "/fn", endpoint = "staff/access/change_access", input = Json, output = Json)]
pub async fn change_access(rows: Vec<RowRequest>, message: String) -> Result<Vec<RowOutcome>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::change_access(&cx, &rows, &message).await)
}

use domain::documents::{Statement, StatementFilter};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The statement of account.
#[server(prefix = "/fn", endpoint = "my/documents/get_statement", input = Json, output = Json)]
pub async fn get_statement(filter: StatementFilter) -> Result<Statement, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::get_statement(&cx, &filter).await)
}

use domain::articles::Documentation;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The articles that a customer may read.
#[server(prefix = "/fn", endpoint = "my/articles/list_documentation", input = Json, output = Json)]
pub async fn list_documentation(search: String) -> Result<Documentation, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::articles::list_documentation(&cx, &search).await)
}

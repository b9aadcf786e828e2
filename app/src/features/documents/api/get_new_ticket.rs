use domain::ids::DocumentId;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The key of a ticket to be, for whoever may open one.
#[allow(clippy::unused_async, reason = "a server function is one, whatever its use case")]
#[server(prefix = "/fn", endpoint = "my/documents/get_new_ticket", input = Json, output = Json)]
pub async fn get_new_ticket() -> Result<DocumentId, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::tickets::get_new_ticket(&cx))
}

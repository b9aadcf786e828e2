use domain::{
    access::{AccessExplained, AccessQuestion},
    ids::ContactId,
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Why somebody of a customer may see something, or not.
#[server(prefix = "/fn", endpoint = "staff/explain/explain_access", input = Json, output = Json)]
pub async fn explain_access(id: ContactId, question: AccessQuestion) -> Result<AccessExplained, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::explain_access(&cx, id, question).await)
}

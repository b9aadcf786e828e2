use domain::access::{AccessExplained, AccessQuestion};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Why a colleague may see something, or not.
#[server(prefix = "/fn", endpoint = "my/explain/explain_member_access", input = Json, output = Json)]
pub async fn explain_member_access(question: AccessQuestion) -> Result<AccessExplained, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::explain_member_access(&cx, question).await)
}

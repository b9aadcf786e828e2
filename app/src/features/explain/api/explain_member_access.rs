use domain::access::{AccessExplained, AccessQuestion};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// Why a colleague may see something, or not.
#[server(prefix = "/fn", endpoint = "my/explain/explain_member_access", input = Json)]
pub async fn explain_member_access(question: AccessQuestion) -> Result<AccessExplained, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::explain_member_access(&cx, question).await)
}

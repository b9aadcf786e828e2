use domain::account::SecurityPage;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// How one's own account is guarded.
#[server(prefix = "/fn", endpoint = "account/get_security", input = Json, output = Json)]
pub async fn get_security() -> Result<SecurityPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::get_security(&cx).await)
}

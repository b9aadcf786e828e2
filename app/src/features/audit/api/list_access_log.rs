use domain::{Page, PageRequest, audit::AccessLogRow};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What happened around the access of a customer's people.
#[server(prefix = "/fn", endpoint = "my/audit/list_access_log", input = Json, output = Json)]
pub async fn list_access_log(page: PageRequest) -> Result<Page<AccessLogRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::audit::list_access_log(&cx, &page).await)
}

use domain::{
    Page,
    audit::{AuditFilter, AuditRow},
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The audit trail, newest first, filtered, a page at a time.
#[server(prefix = "/fn", endpoint = "staff/audit/list_events", input = Json, output = Json)]
pub async fn list_events(filter: AuditFilter) -> Result<Page<AuditRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::audit::list_events(&cx, &filter).await)
}

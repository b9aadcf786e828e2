use domain::documents::{StaffDocumentFilter, StaffDocumentList};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Documents of every kind, for staff.
#[server(prefix = "/fn", endpoint = "staff/documents/list_documents", input = Json, output = Json)]
pub async fn list_staff_documents(filter: StaffDocumentFilter) -> Result<StaffDocumentList, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::list_staff_documents(&cx, &filter).await)
}

use domain::{documents::StaffDocumentPage, ids::DocumentId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A document's page for staff.
#[server(prefix = "/fn", endpoint = "staff/documents/get_document", input = Json, output = Json)]
pub async fn get_staff_document(id: DocumentId) -> Result<StaffDocumentPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::get_staff_document(&cx, id).await)
}

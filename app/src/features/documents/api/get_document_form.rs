use domain::documents::{DocumentFormPage, DocumentFormRequest};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The form of a document, or of a new one.
#[server(prefix = "/fn", endpoint = "staff/documents/get_document_form", input = Json, output = Json)]
pub async fn get_document_form(request: DocumentFormRequest) -> Result<DocumentFormPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::get_document_form(&cx, &request).await)
}

use domain::{
    Page,
    documents::{DocumentRequest, DocumentRow},
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The documents of a kind that the person may see.
#[server(prefix = "/fn", endpoint = "my/documents/list_documents", input = Json, output = Json)]
pub async fn list_documents(request: DocumentRequest) -> Result<Page<DocumentRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::list_documents(&cx, &request).await)
}

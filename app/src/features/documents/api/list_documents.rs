use domain::documents::{DocumentList, DocumentRequest};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The documents of a kind that the person may see, as a filter says.
#[server(prefix = "/fn", endpoint = "my/documents/list_documents", input = Json, output = Json)]
pub async fn list_documents(request: DocumentRequest) -> Result<DocumentList, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::list_documents(&cx, &request).await)
}

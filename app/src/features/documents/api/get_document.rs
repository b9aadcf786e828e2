use domain::{
    documents::{DocumentKind, DocumentPage},
    ids::DocumentId,
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A document's page.
#[server(prefix = "/fn", endpoint = "my/documents/get_document", input = Json, output = Json)]
pub async fn get_document(kind: DocumentKind, id: DocumentId) -> Result<DocumentPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::get_document(&cx, kind, id).await)
}

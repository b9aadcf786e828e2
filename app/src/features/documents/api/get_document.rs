use domain::{
    documents::{DocumentFilter, DocumentKind, DocumentPage},
    ids::DocumentId,
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A document's page, with its neighbours in the list that it was opened from.
#[server(prefix = "/fn", endpoint = "my/documents/get_document", input = Json, output = Json)]
pub async fn get_document(
    kind: DocumentKind,
    id: DocumentId,
    #[server(default)] list: DocumentFilter,
) -> Result<DocumentPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::get_document_in(&cx, kind, id, &list).await)
}

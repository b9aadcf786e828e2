use domain::{
    documents::{DocumentKind, DocumentPage},
    ids::DocumentId,
};

use super::{open::open, to_decline};
use crate::{Cx, ServiceError, ServiceResult, documents::get_document};

/// The document that somebody is about to decline; whether it still can be is among its actions.
///
/// # Permissions
/// `sales.decline` or `signatures.sign`, in its scope, by a portal user who signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, not for this person, or nothing to decline on it.
pub async fn get_declining(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<DocumentPage> {
    let permission = to_decline(kind).ok_or(ServiceError::NotFound)?;
    open(cx, kind, id, permission).await?;
    get_document(cx, kind, id).await
}

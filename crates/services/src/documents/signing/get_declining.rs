use domain::{
    documents::{DocumentKind, DocumentPage},
    ids::{DocumentId, ShareLinkId},
};

use super::{
    open::{open, open_shared},
    to_decline,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::shared,
    documents::{get_document, sharing::shared_page},
};

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

/// The same by a share link that lets its recipient answer.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, or gives no answer.
pub async fn get_shared_declining(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<DocumentPage> {
    let pass = shared(cx, link, typed).await?;
    open_shared(&pass, to_decline(pass.kind)).await?;
    shared_page(&pass).await
}

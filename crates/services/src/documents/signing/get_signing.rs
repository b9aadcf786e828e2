use domain::{
    documents::{DocumentKind, DocumentPage, SigningPage},
    ids::{DocumentId, ShareLinkId},
};

use super::{
    certificate::consent,
    open::{Open, open, open_shared},
    signer::Signer,
    to_accept,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::shared,
    documents::{get_document, sharing::shared_page},
};

/// What *Accept & Sign* shows: the document, the hash of its PDF, and what is agreed to. The PDF is kept from now on, so
/// that what is signed is what was shown.
///
/// # Permissions
/// `sales.accept` or `signatures.sign`, in its scope, by a portal user who signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, not for this person, or nothing to sign on it.
pub async fn get_signing(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<SigningPage> {
    let permission = to_accept(kind).ok_or(ServiceError::NotFound)?;
    let (open, signer) = open(cx, kind, id, permission).await?;
    signing(cx, open, signer, get_document(cx, kind, id).await?).await
}

/// The same by a share link that lets its recipient answer.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, or gives no answer.
pub async fn get_shared_signing(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<SigningPage> {
    let pass = shared(cx, link, typed).await?;
    let (open, signer) = open_shared(&pass, to_accept(pass.kind)).await?;
    signing(&pass.cx, open, signer, shared_page(&pass).await?).await
}

async fn signing(cx: &Cx, open: Open, signer: Signer, document: DocumentPage) -> ServiceResult<SigningPage> {
    let refusal = open.refusal(cx, &signer);
    let shown = match refusal {
        Some(_) => String::new(),
        None => open.sheet.issue(cx, &open.terms).await?.sha256,
    };
    Ok(SigningPage { shown, consent: consent(&open, &signer.company), name: signer.name, refusal, document })
}

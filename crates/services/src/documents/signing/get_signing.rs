use domain::{
    documents::{DocumentKind, SigningPage},
    ids::DocumentId,
};

use super::{
    certificate::consent,
    open::{open, signer},
    to_accept,
};
use crate::{Cx, ServiceError, ServiceResult, documents::get_document};

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
    let open = open(cx, kind, id, permission).await?;
    let (actor, _) = signer(cx)?;
    let refusal = open.refusal(cx);
    let shown = match refusal {
        Some(_) => String::new(),
        None => open.sheet.issue(cx, &open.terms).await?.sha256,
    };
    Ok(SigningPage {
        shown,
        consent: consent(&open, &actor.company),
        name: actor.details.name.clone(),
        refusal,
        document: get_document(cx, kind, id).await?,
    })
}

use bytes::Bytes;
use domain::{
    access::Right,
    documents::DocumentKind,
    ids::{DocumentId, ShareLinkId},
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{
    kept::{files_of, original, read_file, standing},
    needed,
    sheet::Sheet,
    takable,
    terms::terms_hash,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{shared, staff},
    documents::signing::answer_to,
};

/// A document as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperFile {
    /// What to save it as.
    pub name: String,
    /// A PDF.
    pub bytes: Bytes,
    /// Printed here, whole: an upload is never shown within our pages' origin.
    pub is_ours: bool,
}

/// A document as a PDF: sales, purchases, invoices and signature requests. A signed one comes with its certificate; any
/// other is printed when it is asked for the first time, and kept: what was given out once stays
/// the same, until the document says something else. Three statements, and one more to keep it.
///
/// # Permissions
/// `<kind>.view`, and of invoices `invoices.download`, in their scopes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person, or the kind
/// has no paper; [`ServiceError::Busy`] when too many are being printed.
pub async fn get_paper(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<PaperFile> {
    let query = takable(cx, kind)?.filter(document::Column::Id.eq(Uuid::from(id)));
    let found = query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    file_of(cx, found).await
}

/// The same for staff, of any document that has paper; a draft's is printed anew each time.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, it has no paper, or the actor lacks the right.
pub async fn get_staff_paper(cx: &Cx, id: DocumentId) -> ServiceResult<PaperFile> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let kind = DocumentKind::parse(&found.kind).ok_or(ServiceError::NotFound)?;
    needed(kind).ok_or(ServiceError::NotFound)?;
    file_of(cx, found).await
}

/// The same for whoever has a link to the document. What somebody else signed comes without the certificate, which
/// names them.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, or the document has no paper; [`ServiceError::Busy`] when too
/// many are being printed.
pub async fn get_shared_paper(cx: &Cx, link: ShareLinkId, typed: &str) -> ServiceResult<PaperFile> {
    let pass = shared(cx, link, typed).await?;
    needed(pass.kind).ok_or(ServiceError::NotFound)?;
    let (cx, link) = (pass.cx, pass.link.id);
    let sheet = Sheet::read(&cx, cx.db().pool(), pass.document).await?;
    let terms = terms_hash(&sheet.document, &sheet.details, &sheet.lines)?;
    let answer = answer_to(cx.db().pool(), sheet.document.id, &terms).await?;
    if answer.is_some_and(|answer| answer.share_link_id == Some(link)) {
        return file_of(&cx, sheet.document).await;
    }
    let file = sheet.issue(&cx, &terms).await?;
    let bytes = read_file(&cx, &file.sha256).await?;
    Ok(PaperFile { is_ours: !sheet.is_original(&file), name: file.name, bytes })
}

/// A document's file, whoever asks.
pub(crate) async fn file_of(cx: &Cx, document: document::Model) -> ServiceResult<PaperFile> {
    let sheet = Sheet::read(cx, cx.db().pool(), document).await?;
    let terms = terms_hash(&sheet.document, &sheet.details, &sheet.lines)?;
    let files = files_of(cx.db().pool(), sheet.document.id).await?;
    if let Some(file) = standing(&files, &terms, &sheet.made_from(&terms)) {
        let bytes = read_file(cx, &file.sha256).await?;
        return Ok(PaperFile { name: file.name.clone(), bytes, is_ours: original(&files).is_none() });
    }
    let (name, bytes) = (sheet.file_name(), sheet.print(cx, sheet.paper(cx)).await?);
    // What nobody was given yet may still change, and staff who look as a customer leave nothing behind.
    if sheet.document.is_visible && !cx.actor().is_view_as() {
        sheet.keep(cx, &terms, bytes.clone()).await?;
    }
    Ok(PaperFile { name, bytes, is_ours: true })
}

use bytes::Bytes;
use domain::{
    access::Right,
    documents::{DocumentKind, OriginalPage},
    ids::DocumentId,
};
use entities::document;
use sea_orm::QuerySelect;
use serde_json::json;

use super::{
    kept::{Role, files_of, forget_original, original, record_file},
    sheet::Sheet,
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{StaffPass, staff},
    audit::{self, Event},
    documents::{paper::terms_hash, signing, stored::name_of},
};

/// Longest original.
pub const MAX_ORIGINAL: usize = 10 * 1024 * 1024;

/// What the page of a document's original PDF shows.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, it has no paper, or the actor lacks the right.
pub async fn get_original(cx: &Cx, id: DocumentId) -> ServiceResult<OriginalPage> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    has_paper(&found)?;
    let sheet = Sheet::read(cx, cx.db().pool(), found).await?;
    let files = files_of(cx.db().pool(), sheet.document.id).await?;
    let uploaded = original(&files).map(|file| (file.name.clone(), file.size, file.sha256.clone()));
    Ok(OriginalPage { row: sheet.row, uploaded })
}

/// Keeps a PDF from elsewhere, such as the ERP's own, as what customers download and sign in place of what is printed
/// here. It takes the place of an earlier one.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] as for [`get_original`]; [`ServiceError::Invalid`] for what is no PDF, cannot be read, or is
/// too long; [`ServiceError::Refused`] once the document was answered: what was signed stays.
pub async fn save_original(cx: &Cx, id: DocumentId, bytes: Bytes) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    keep_original(cx, &pass, id, bytes).await
}

/// [`save_original`], of whoever the gate let through.
pub(crate) async fn keep_original(
    cx: &Cx,
    pass: &StaffPass,
    id: DocumentId,
    bytes: Bytes,
) -> ServiceResult<()> {
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    has_paper(&found)?;
    if bytes.is_empty() {
        return Err(ServiceError::field("original", "Choose a PDF."));
    }
    if bytes.len() > MAX_ORIGINAL {
        return Err(ServiceError::field("original", "The PDF is larger than 10 MB."));
    }
    if !bytes.starts_with(b"%PDF-") || !cx.portico.printer()?.is_readable(bytes.clone()).await {
        let told = "This is no PDF that can be read. It must be whole, and open without a password.";
        return Err(ServiceError::field("original", told));
    }
    let size = bytes.len();
    let hash = cx.config().files.keep(bytes).await?;
    let transaction = cx.begin().await?;
    let (found, name) = changeable(cx, pass, &transaction, id).await?;
    forget_original(&transaction, found.id).await?;
    record_file(cx, &transaction, found.id, Role::Original, "", (&hash, size), &name).await?;
    let event = Event {
        action: "document.original_uploaded",
        subject: name_of(&found),
        subject_id: Some(found.id),
        entity_id: found.entity_id,
        data: json!({ "file": hash.as_str() }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes the uploaded original away: customers get what is printed here.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// As for [`save_original`].
pub async fn remove_original(cx: &Cx, id: DocumentId) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let transaction = cx.begin().await?;
    let (found, _) = changeable(cx, &pass, &transaction, id).await?;
    if !forget_original(&transaction, found.id).await? {
        return Ok(());
    }
    let event = Event {
        action: "document.original_removed",
        subject: name_of(&found),
        subject_id: Some(found.id),
        entity_id: found.entity_id,
        data: json!({}),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    Ok(())
}

fn has_paper(document: &document::Model) -> ServiceResult<()> {
    let kind = DocumentKind::parse(&document.kind).filter(|kind| kind.has_paper());
    kind.map(|_| ()).ok_or(ServiceError::NotFound)
}

/// The document, kept from others until the transaction ends, and the name of its file.
async fn changeable(
    cx: &Cx,
    pass: &StaffPass,
    transaction: &Transaction,
    id: DocumentId,
) -> ServiceResult<(document::Model, String)> {
    let found = pass.document(id).lock_exclusive().one(transaction).await?.ok_or(ServiceError::NotFound)?;
    has_paper(&found)?;
    let sheet = Sheet::read(cx, transaction, found).await?;
    let terms = terms_hash(&sheet.document, &sheet.details, &sheet.lines)?;
    if signing::answer_to(transaction, sheet.document.id, &terms).await?.is_some() {
        return Err(ServiceError::refused("The document was answered already: its file stays as it is."));
    }
    let name = sheet.file_name();
    Ok((sheet.document, name))
}

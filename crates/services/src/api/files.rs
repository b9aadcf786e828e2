use bytes::Bytes;
use domain::{FieldErrors, api::ApiScope, documents::DocumentKind, ids::DocumentId};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter};

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{StaffPass, machine},
    documents::{
        PaperFile,
        paper::{file_of, keep_original},
    },
};

/// A document's PDF: the one that was uploaded, or else what is printed here.
///
/// # Permissions
/// [`ApiScope::FilesRead`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, or its kind has no paper.
pub async fn get_file(cx: &Cx, kind: DocumentKind, external_id: &str) -> ServiceResult<PaperFile> {
    let pass = machine(cx, ApiScope::FilesRead)?;
    let found = find(cx, &pass, kind, external_id).await?;
    file_of(cx, found).await
}

/// Keeps a PDF in place of what would be printed, as staff's upload does.
///
/// # Permissions
/// [`ApiScope::FilesWrite`].
///
/// # Errors
/// [`ServiceError::NotFound`] as for [`get_file`]; [`ServiceError::Invalid`] for what is no PDF or too long;
/// [`ServiceError::Refused`] once the document was answered.
pub async fn put_file(cx: &Cx, kind: DocumentKind, external_id: &str, bytes: Bytes) -> ServiceResult<()> {
    let pass = machine(cx, ApiScope::FilesWrite)?;
    let found = find(cx, &pass, kind, external_id).await?;
    keep_original(cx, &pass, DocumentId(found.id), bytes).await.map_err(|error| match error {
        // The body is the file: it has no fields that an error could point to.
        ServiceError::Invalid(errors) => {
            let told = errors.get("original").unwrap_or_default().to_owned();
            ServiceError::Invalid(FieldErrors::one("", told))
        }
        other => other,
    })
}

async fn find(
    cx: &Cx,
    pass: &StaffPass,
    kind: DocumentKind,
    external_id: &str,
) -> ServiceResult<document::Model> {
    super::external_id(external_id).map_err(|_none_has_it| ServiceError::NotFound)?;
    if !kind.has_paper() {
        return Err(ServiceError::NotFound);
    }
    let found = pass
        .documents()
        .filter(document::Column::Kind.eq(kind.code()))
        .filter(document::Column::ExternalId.eq(external_id))
        .one(cx.db().pool())
        .await?;
    found.ok_or(ServiceError::NotFound)
}

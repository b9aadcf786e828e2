use domain::{
    access::Right,
    documents::DocumentKind,
    ids::{DocumentId, MessageId},
};
use entities::{document, message};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::attachments::Attached;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal_scope, staff},
    files::{ContentHash, OpenFile},
};

/// A file that was sent along with a message.
pub struct AttachedFile {
    /// What to save it as.
    pub name: String,
    /// What it is: for information only, since nothing that others sent is shown within our pages' origin.
    pub media: String,
    /// Its bytes.
    pub content: OpenFile,
}

/// Opens a file of a message on a document: the one of a place. Two statements.
///
/// # Permissions
/// `<kind>.view`, in its scope; those of notes are not there.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such file, or not for this person.
pub async fn get_attachment(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    message: MessageId,
    place: usize,
) -> ServiceResult<AttachedFile> {
    let scope = portal_scope(cx, kind.view())?;
    let found = scope.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let found = found.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    open(cx, found.id, message, place, false).await
}

/// The same for staff, of notes too.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such file or the actor lacks the right.
pub async fn get_staff_attachment(
    cx: &Cx,
    id: DocumentId,
    message: MessageId,
    place: usize,
) -> ServiceResult<AttachedFile> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    open(cx, found.id, message, place, true).await
}

async fn open(
    cx: &Cx,
    document: Uuid,
    message: MessageId,
    place: usize,
    with_notes: bool,
) -> ServiceResult<AttachedFile> {
    let mut query =
        message::Entity::find_by_id(Uuid::from(message)).filter(message::Column::DocumentId.eq(document));
    if !with_notes {
        query = query.filter(message::Column::IsInternal.eq(false));
    }
    let found = query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let files: Vec<Attached> = serde_json::from_value(found.files).map_err(ServiceError::internal)?;
    let file = files.into_iter().nth(place).ok_or(ServiceError::NotFound)?;
    let hash = ContentHash::parse(&file.sha256).ok_or(ServiceError::NotFound)?;
    let content = cx.config().files.open(&hash).await?;
    Ok(AttachedFile { name: file.name, media: file.media, content })
}

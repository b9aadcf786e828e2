use domain::{
    access::Right,
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use sea_orm::QuerySelect;

use super::{
    attachments::{Upload, keep},
    follow::begin_to_follow,
    tell::{Said, audience, tell_followers},
    write::{Author, checked, write},
};
use crate::{
    Cx, ServiceError, ServiceResult, access::staff, documents::tickets::after_message, mail::Happening,
};

/// Writes to a document's customer, or, as an internal note, to other staff only; with files. Sent twice, it is written
/// once. Who writes follows the document from then on; who follows it is told, of notes staff only. A ticket that was
/// answered waits for the customer.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::Invalid`] when there is no text and no file, the text is too long, or a file is not taken;
/// [`ServiceError::NotFound`] when there is no such document or the actor lacks the right.
pub async fn post_staff_message(
    cx: &Cx,
    id: DocumentId,
    is_internal: bool,
    form: &MessageForm,
    uploads: Vec<Upload>,
) -> ServiceResult<()> {
    may_post_staff_message(cx, id).await?;
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let actor = cx.actor().as_staff().ok_or(ServiceError::NotFound)?;
    let text = checked(form, !uploads.is_empty())?;
    let files = keep(cx, uploads).await?;
    let audience = audience(cx, id).await?;
    let transaction = cx.begin().await?;
    let found = pass.document(id).lock_exclusive().one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    let kind = DocumentKind::parse(&found.kind).ok_or(ServiceError::NotFound)?;
    let author = Author::staff(cx, actor, is_internal);
    if write(cx, &transaction, &found, &author, (text.clone(), &form.key), &files).await? {
        begin_to_follow(cx, &transaction, found.id, actor.user, None).await?;
        let what = if is_internal { Happening::Note } else { Happening::Message };
        let (text, files, audience) = (text.as_str(), files.as_slice(), &audience);
        let said = Said { document: &found, kind, what, author: &author, text, files, audience };
        tell_followers(cx, &transaction, &said).await?;
        if !is_internal {
            after_message(cx, &transaction, &found, true).await?;
        }
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// Whether somebody may write on a document: asked before files are read that they send.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] as for [`post_staff_message`].
pub async fn may_post_staff_message(cx: &Cx, id: DocumentId) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    cx.actor().as_staff().ok_or(ServiceError::NotFound)?;
    pass.document(id).one(cx.db().pool()).await?.map(|_| ()).ok_or(ServiceError::NotFound)
}

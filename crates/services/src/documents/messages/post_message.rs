use domain::{
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::{
    attachments::{Upload, keep},
    follow::begin_to_follow,
    tell::{Said, audience, tell_followers},
    write::{Author, By, checked, write},
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{PortalActor, portal, portal_scope},
    documents::tickets::after_message,
    mail::Happening,
};

/// Writes a message on a document, for staff and for whoever sees it in the portal, with files. Sent twice, it is written
/// once. Who writes follows the document from then on; who follows it is told, staff too. A ticket waits for staff then, also
/// one that was closed.
///
/// # Permissions
/// `<kind>.view`, on tickets `tickets.reply` too, each in its scope; and a login of one's own: whoever came by a secure
/// link only reads.
///
/// # Errors
/// [`ServiceError::Invalid`] when there is no text and no file, the text is too long, or a file is not taken;
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person.
pub async fn post_message(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    form: &MessageForm,
    uploads: Vec<Upload>,
) -> ServiceResult<()> {
    // Nobody's files are kept who may not write here; whether they still may is asked again with the row.
    may_post_message(cx, kind, id).await?;
    let (actor, query) = writable(cx, kind, id)?;
    let user = actor.user.ok_or(ServiceError::NotFound)?;
    let text = checked(form, !uploads.is_empty())?;
    let files = keep(cx, uploads).await?;
    let audience = audience(cx, id).await?;
    let transaction = cx.begin().await?;
    let found = query.lock_exclusive().one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    let author =
        Author { by: By::User(user), name: actor.details.name.clone(), is_staff: false, is_internal: false };
    if write(cx, &transaction, &found, &author, (text.clone(), &form.key), &files).await? {
        begin_to_follow(cx, &transaction, found.id, user, actor.membership).await?;
        let what = Happening::Message;
        let (text, files, audience) = (text.as_str(), files.as_slice(), &audience);
        let said = Said { document: &found, kind, what, author: &author, text, files, audience };
        tell_followers(cx, &transaction, &said).await?;
        after_message(cx, &transaction, &found, false).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// Whether somebody may write on a document: asked before files are read that they send.
///
/// # Permissions
/// As [`post_message`].
///
/// # Errors
/// [`ServiceError::NotFound`] as for [`post_message`].
pub async fn may_post_message(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<()> {
    let (actor, query) = writable(cx, kind, id)?;
    actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    query.one(cx.db().pool()).await?.map(|_| ()).ok_or(ServiceError::NotFound)
}

/// The document, for somebody who may write on it.
fn writable(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
) -> ServiceResult<(&PortalActor, Select<document::Entity>)> {
    let (sees, writes) = (portal_scope(cx, kind.view())?, portal_scope(cx, kind.write_message())?);
    let mut query = sees.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    if writes != sees {
        query = query.filter(writes.condition(kind));
    }
    Ok((portal(cx)?, query))
}

use domain::{
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::stored::{Author, write};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope},
};

/// Writes a message on a document, for staff and for whoever sees it in the portal. Sent twice, it is written once.
///
/// # Permissions
/// `<kind>.view`, on tickets `tickets.reply` too, each in its scope; and a login of one's own: whoever came by a secure
/// link only reads.
///
/// # Errors
/// [`ServiceError::Invalid`] when the text is empty or too long; [`ServiceError::NotFound`] when there is no such
/// document of this kind, or not for this person.
pub async fn post_message(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    form: &MessageForm,
) -> ServiceResult<()> {
    let sees = portal_scope(cx, kind.view())?;
    let writes = portal_scope(cx, kind.write_message())?;
    let actor = portal(cx)?;
    let user = actor.user.ok_or(ServiceError::NotFound)?;
    let transaction = cx.begin().await?;
    let found = sees
        .documents(kind)
        .filter(writes.condition(kind))
        .filter(document::Column::Id.eq(Uuid::from(id)))
        .one(&transaction)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let author = Author { user, name: actor.details.name.clone(), is_staff: false, is_internal: false };
    write(cx, &transaction, &found, author, form).await?;
    transaction.commit().await?;
    Ok(())
}

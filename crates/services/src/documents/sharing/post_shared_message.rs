use domain::{
    documents::MessageForm,
    ids::{DocumentId, ShareLinkId},
};
use entities::{document, message, share_link};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use time::Duration;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{SharePass, shared},
    documents::{
        messages::{Author, By, Said, audience, checked, tell_followers, write},
        tickets::after_message,
    },
    mail::Happening,
};

/// Messages by one link within an hour: whoever has it is nobody that could be talked to.
const MOST_AN_HOUR: u64 = 20;

/// Writes a message on a document by a link to it, without files. Sent twice, it is written once. Who follows the document
/// is told, as of a customer's message.
///
/// # Permissions
/// Whoever has the link, when it lets write.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work or does not let write; [`ServiceError::Invalid`] for the text;
/// [`ServiceError::Refused`] after too many.
pub async fn post_shared_message(
    cx: &Cx,
    id: ShareLinkId,
    typed: &str,
    form: &MessageForm,
) -> ServiceResult<()> {
    let SharePass { link, document, kind, cx } = shared(cx, id, typed).await?;
    if !link.may_comment {
        return Err(ServiceError::NotFound);
    }
    let text = checked(form, false)?;
    let audience = audience(&cx, DocumentId(document.id)).await?;
    let transaction = cx.begin().await?;
    let found = document::Entity::find_by_id(document.id).lock_exclusive().one(&transaction).await?;
    let found = found.ok_or(ServiceError::NotFound)?;
    let lately = message::Entity::find()
        .filter(message::Column::ShareLinkId.eq(link.id))
        .filter(message::Column::CreatedAt.gt(cx.now().plus(Duration::hours(-1)).millis()));
    if lately.count(&transaction).await? >= MOST_AN_HOUR {
        return Err(ServiceError::refused("You have written a lot within an hour. Wait a while."));
    }
    let author = Author { by: By::Link(id), name: writer(&link), is_staff: false, is_internal: false };
    if write(&cx, &transaction, &found, &author, (text.clone(), &form.key), &[]).await? {
        let what = Happening::Message;
        let said = Said {
            document: &found,
            kind,
            what,
            author: &author,
            text: &text,
            files: &[],
            audience: &audience,
        };
        tell_followers(&cx, &transaction, &said).await?;
        after_message(&cx, &transaction, &found, false).await?;
    }
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

/// The name that others read: it was told by whoever made the link, not by whoever writes.
fn writer(link: &share_link::Model) -> String {
    let named = [link.recipient.as_str(), link.email.as_str()].into_iter().find(|name| !name.is_empty());
    format!("{} (by a link)", named.unwrap_or("Somebody"))
}

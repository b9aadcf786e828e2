use domain::{access::Right, documents::MessageForm, ids::DocumentId};

use super::stored::{Author, write};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// Writes to a document's customer, or, as an internal note, to other staff only. Sent twice, it is written once.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::Invalid`] when the text is empty or too long; [`ServiceError::NotFound`] when there is no such
/// document or the actor lacks the right.
pub async fn post_staff_message(
    cx: &Cx,
    id: DocumentId,
    is_internal: bool,
    form: &MessageForm,
) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let actor = cx.actor().as_staff().ok_or(ServiceError::NotFound)?;
    let transaction = cx.begin().await?;
    let found = pass.document(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    let author = Author { user: actor.user, name: actor.name.clone(), is_staff: true, is_internal };
    write(cx, &transaction, &found, author, form).await?;
    transaction.commit().await?;
    Ok(())
}

use domain::{access::Right, documents::Conversation, ids::DocumentId};

use super::stored::{Reader, conversation};
use crate::{Cx, ServiceError, ServiceResult, access::staff};

/// The messages on a document, notes among staff included.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document or the actor lacks the right.
pub async fn list_staff_messages(cx: &Cx, id: DocumentId) -> ServiceResult<Conversation> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    conversation(cx, found.id, Reader::Staff, cx.actor().as_staff().is_some()).await
}

use domain::{
    documents::{Conversation, DocumentKind},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::stored::{Reader, conversation};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope, portal_scope_if_any},
};

/// The messages on a document, without the notes that staff keep among themselves.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person.
pub async fn list_messages(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<Conversation> {
    let scope = portal_scope(cx, kind.view())?;
    let found = scope.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let found = found.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let actor = portal(cx)?;
    let may_post = actor.user.is_some()
        && !actor.is_view_as()
        && portal_scope_if_any(cx, kind.write_message())?.is_some();
    conversation(cx, found.id, Reader::Customer, may_post).await
}

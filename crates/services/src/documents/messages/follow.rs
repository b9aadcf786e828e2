use domain::{
    access::Right,
    documents::DocumentKind,
    ids::{DocumentId, MembershipId, UserId},
};
use entities::{document, follow};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope, staff},
};

/// Begins or ends being told of what happens on a document: seeing it and being told are two things.
///
/// # Permissions
/// `<kind>.view`, in its scope, and a login of one's own.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person.
pub async fn follow_document(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    follows: bool,
) -> ServiceResult<()> {
    let scope = portal_scope(cx, kind.view())?;
    let actor = portal(cx)?;
    let user = actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    let transaction = cx.begin().await?;
    let found = scope.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let found = found.one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if follows {
        begin_to_follow(cx, &transaction, found.id, user, actor.membership).await?;
    } else {
        end(&transaction, found.id, user).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The same for staff.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document or the actor lacks the right.
pub async fn follow_staff_document(cx: &Cx, id: DocumentId, follows: bool) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let user = cx.actor().as_staff().ok_or(ServiceError::NotFound)?.user;
    let transaction = cx.begin().await?;
    let found = pass.document(id).one(&transaction).await?.ok_or(ServiceError::NotFound)?;
    if follows {
        begin_to_follow(cx, &transaction, found.id, user, None).await?;
    } else {
        end(&transaction, found.id, user).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Has somebody told of a document from now on.
pub(crate) async fn begin_to_follow(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    document: Uuid,
    user: UserId,
    membership: Option<MembershipId>,
) -> ServiceResult<()> {
    let row = follow::ActiveModel {
        document_id: Set(document),
        user_id: Set(user.into()),
        membership_id: Set(membership.map(Uuid::from)),
        created_at: Set(cx.now().millis()),
    };
    // Who comes by another membership than before is told by that one.
    let again = OnConflict::columns([follow::Column::DocumentId, follow::Column::UserId])
        .update_column(follow::Column::MembershipId)
        .to_owned();
    follow::Entity::insert(row).on_conflict(again).exec_without_returning(connection).await?;
    Ok(())
}

async fn end(connection: &impl ConnectionTrait, document: Uuid, user: UserId) -> ServiceResult<()> {
    follow::Entity::delete_by_id((document, user.into())).exec(connection).await?;
    Ok(())
}

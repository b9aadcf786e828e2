use domain::{
    access::{Permission, Right},
    documents::{DocumentKind, DocumentState},
    ids::DocumentId,
};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::state::change;
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{portal, portal_scope, staff},
    documents::messages::{Audience, Author, By, Said, audience, tell_followers},
    mail::Happening,
};

/// Closes a ticket, or opens it again; one that is so already stays. Who follows it is told.
///
/// # Permissions
/// `tickets.view` and `tickets.reply`, in their scopes, and a login of one's own.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such ticket, or not for this person.
pub async fn set_ticket_open(cx: &Cx, id: DocumentId, is_open: bool) -> ServiceResult<()> {
    let (sees, writes) =
        (portal_scope(cx, Permission::TicketsView)?, portal_scope(cx, Permission::TicketsReply)?);
    let actor = portal(cx)?;
    let user = actor.user.filter(|_| !actor.is_view_as()).ok_or(ServiceError::NotFound)?;
    let audience = audience(cx, id).await?;
    let transaction = cx.begin().await?;
    let found = sees
        .documents(DocumentKind::Ticket)
        .filter(writes.condition(DocumentKind::Ticket))
        .filter(document::Column::Id.eq(Uuid::from(id)))
        .lock_exclusive()
        .one(&transaction)
        .await?
        .ok_or(ServiceError::NotFound)?;
    let author =
        Author { by: By::User(user), name: actor.details.name.clone(), is_staff: false, is_internal: false };
    set(cx, transaction, found, (is_open, &audience), author).await
}

/// The same for staff.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such ticket or the actor lacks the right.
pub async fn set_staff_ticket_open(cx: &Cx, id: DocumentId, is_open: bool) -> ServiceResult<()> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let actor = cx.actor().as_staff().ok_or(ServiceError::NotFound)?;
    let audience = audience(cx, id).await?;
    let transaction = cx.begin().await?;
    let found = pass.document(id).lock_exclusive().one(&transaction).await?;
    let found =
        found.filter(|found| found.kind == DocumentKind::Ticket.code()).ok_or(ServiceError::NotFound)?;
    set(cx, transaction, found, (is_open, &audience), Author::staff(cx, actor, false)).await
}

async fn set(
    cx: &Cx,
    transaction: Transaction,
    found: document::Model,
    (is_open, audience): (bool, &Audience),
    author: Author,
) -> ServiceResult<()> {
    let state = DocumentState::parse(&found.state);
    let is_settled = matches!(state, Some(DocumentState::Closed | DocumentState::Cancelled));
    if is_settled != is_open {
        return Ok(());
    }
    let new = if is_open { DocumentState::Open } else { DocumentState::Closed };
    change(cx, &transaction, &found, new).await?;
    let what = if is_open { Happening::Reopened } else { Happening::Closed };
    let (kind, author) = (DocumentKind::Ticket, &author);
    let said = Said { document: &found, kind, what, author, text: "", files: &[], audience };
    tell_followers(cx, &transaction, &said).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

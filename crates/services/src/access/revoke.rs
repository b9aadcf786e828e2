use domain::Instant;
use entities::{contact, membership, session, token as token_row, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

use super::done::Done;
use crate::{
    Cx, ServiceResult, Transaction,
    audit::{self, Event},
    auth::token,
    mail,
};

/// How long a revocation can be taken back.
pub(crate) const UNDO_WINDOW: Duration = Duration::minutes(10);

/// Ends a contact's membership: at once, and without a mail.
pub(super) async fn revoke(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
) -> ServiceResult<Done> {
    if end_memberships_of_contact(cx, transaction, contact, "access.revoked").await? == 0 {
        return Ok(Done::unchanged("Had no portal access; nothing was changed."));
    }
    Ok(Done::Changed { message: "Access revoked.".to_owned(), can_undo: true })
}

/// Ends every live membership of a contact with its sessions, links and unsent mails; returns how many.
pub(crate) async fn end_memberships_of_contact(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    contact: &contact::Model,
    action: &'static str,
) -> ServiceResult<usize> {
    let live = membership::Entity::find()
        .filter(membership::Column::ContactId.eq(contact.id))
        .filter(membership::Column::State.ne("ended"))
        .find_also_related(user::Entity)
        .all(connection)
        .await?;
    let number = live.len();
    for (membership, user) in live {
        let Some(user) = user else { continue };
        end(cx, connection, &membership, &user).await?;
        let event = Event {
            action,
            subject: &contact.name,
            subject_id: Some(contact.id),
            entity_id: Some(contact.entity_id),
            data: json!({ "login": user.login }),
        };
        audit::record(cx, connection, event).await?;
    }
    Ok(number)
}

/// Ends a membership with its sessions, links and unsent mails.
pub(super) async fn end(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    membership: &membership::Model,
    user: &user::Model,
) -> ServiceResult<()> {
    let others = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::State.ne("ended"))
        .filter(membership::Column::Id.ne(membership.id))
        .count(connection)
        .await?;
    let is_last = others == 0;
    let kept = user.password_hash.clone().filter(|_| is_last);
    membership::Entity::update_many()
        .col_expr(membership::Column::State, Expr::value("ended"))
        .col_expr(membership::Column::EndedAt, Expr::value(cx.now().millis()))
        .col_expr(membership::Column::UndoState, Expr::value(membership.state.as_str()))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(kept))
        .filter(membership::Column::Id.eq(membership.id))
        .exec(connection)
        .await?;
    if is_last && user.status != "disabled" {
        set_password(connection, user.id, None).await?;
    }
    session::Entity::delete_many()
        .filter(session::Column::MembershipId.eq(membership.id))
        .exec(connection)
        .await?;
    let links = Condition::all().add(token_row::Column::MembershipId.eq(membership.id));
    token::void(cx, connection, links).await?;
    mail::cancel_for_membership(connection, membership.id).await
}

/// Takes the way back from an ended membership.
pub(super) async fn make_final(connection: &impl ConnectionTrait, membership: Uuid) -> ServiceResult<()> {
    membership::Entity::update_many()
        .col_expr(membership::Column::UndoState, Expr::value(Option::<String>::None))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(Option::<String>::None))
        .filter(membership::Column::Id.eq(membership))
        .exec(connection)
        .await?;
    Ok(())
}

/// Takes a fresh revocation back: the membership, its password and its unclaimed link are as they were.
pub(super) async fn undo_revoke(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
) -> ServiceResult<Done> {
    let newest = membership::Entity::find()
        .filter(membership::Column::ContactId.eq(contact.id))
        .order_by_desc(membership::Column::EndedAt)
        .find_also_related(user::Entity)
        .one(transaction)
        .await?;
    let since = cx.now().plus(-UNDO_WINDOW);
    let undoable = newest.and_then(|(membership, user)| {
        let ended = membership.ended_at.map(Instant::from_millis)?;
        let state = membership.undo_state.clone()?;
        (ended > since && membership.state == "ended").then_some((membership, state, user?, ended))
    });
    let Some((membership, state, user, ended)) = undoable else {
        return Ok(Done::refused("This can no longer be undone: grant access again instead."));
    };
    if user.status == "disabled" {
        return Ok(Done::refused("The login was disabled meanwhile: enable it first."));
    }
    membership::Entity::update_many()
        .col_expr(membership::Column::State, Expr::value(state))
        .col_expr(membership::Column::EndedAt, Expr::value(Option::<i64>::None))
        .col_expr(membership::Column::UndoState, Expr::value(Option::<String>::None))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(Option::<String>::None))
        .filter(membership::Column::Id.eq(membership.id))
        .exec(transaction)
        .await?;
    if let (Some(password), None) = (&membership.undo_password_hash, &user.password_hash) {
        set_password(transaction, user.id, Some(password)).await?;
    }
    token_row::Entity::update_many()
        .col_expr(token_row::Column::VoidedAt, Expr::value(Option::<i64>::None))
        .filter(token_row::Column::MembershipId.eq(membership.id))
        .filter(token_row::Column::VoidedAt.eq(ended.millis()))
        .exec(transaction)
        .await?;
    mail::requeue_for_membership(transaction, membership.id).await?;
    let event = Event {
        action: "access.revocation_undone",
        subject: &contact.name,
        subject_id: Some(contact.id),
        entity_id: Some(contact.entity_id),
        data: json!({ "login": user.login }),
    };
    audit::record(cx, transaction, event).await?;
    Ok(Done::changed("Access restored."))
}

async fn set_password(
    connection: &impl ConnectionTrait,
    user: Uuid,
    password_hash: Option<&str>,
) -> ServiceResult<()> {
    let status = if password_hash.is_some() { "active" } else { "invited" };
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(password_hash))
        .col_expr(user::Column::Status, Expr::value(status))
        .filter(user::Column::Id.eq(user))
        .exec(connection)
        .await?;
    Ok(())
}

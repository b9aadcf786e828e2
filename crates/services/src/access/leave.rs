//! Somebody leaves the portal for good, of their own accord.

use std::collections::BTreeSet;

use entities::{contact, membership};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    check::{Check, passes},
    members::{manages, somebody_manages},
    portal_users::{Live, live_where},
    revoke::end,
};
use crate::{
    Cx, ServiceResult, Transaction,
    audit::{self, Event},
};

/// The memberships of a user that have not ended.
pub(crate) async fn memberships_of(
    connection: &impl ConnectionTrait,
    user: Uuid,
) -> ServiceResult<Vec<Live>> {
    let theirs = Condition::all().add(membership::Column::UserId.eq(user));
    live_where(connection, theirs, u64::MAX / 2).await
}

/// Keeps others from changing the members of some companies until the transaction ends.
pub(crate) async fn lock_companies(transaction: &Transaction, live: &[Live]) -> ServiceResult<()> {
    // In one order, so that two who lock the same companies take turns.
    let entities: BTreeSet<Uuid> = live.iter().map(|live| live.contact.entity_id).collect();
    for entity in entities {
        contact::Entity::find_by_id(entity).lock_exclusive().one(transaction).await?;
    }
    Ok(())
}

/// The company in which a user alone manages others, if there is one: these would be left without anybody who does.
pub(crate) async fn sole_manager_in(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    live: &[Live],
) -> ServiceResult<Option<Uuid>> {
    for leaving in live {
        if leaving.membership.state != "active" || !manages(cx, leaving).await? {
            continue;
        }
        let entity = leaving.contact.entity_id;
        let of_others = Condition::all().add(membership::Column::UserId.ne(leaving.user.id));
        let others = membership::Entity::find()
            .inner_join(contact::Entity)
            .filter(contact::Column::EntityId.eq(entity))
            .filter(membership::Column::State.ne("ended"))
            .filter(of_others.clone())
            .count(connection)
            .await?;
        let is_sole = others > 0 && !somebody_manages(cx, connection, entity, of_others).await?;
        if !passes(Check::LastManager, !is_sole) {
            return Ok(Some(entity));
        }
    }
    Ok(None)
}

/// Ends memberships at once, with their sessions, links and unsent mails; nobody can undo it.
pub(crate) async fn leave_for_good(cx: &Cx, transaction: &Transaction, live: &[Live]) -> ServiceResult<()> {
    for Live { membership, user, contact, .. } in live {
        end(cx, transaction, membership, user).await?;
        let event = Event {
            action: "access.left",
            subject: &contact.name,
            subject_id: Some(contact.id),
            entity_id: Some(contact.entity_id),
            data: json!({}),
        };
        audit::record(cx, transaction, event).await?;
    }
    let Some(user) = live.first().map(|live| live.user.id) else { return Ok(()) };
    membership::Entity::update_many()
        .col_expr(membership::Column::UndoState, Expr::value(Option::<String>::None))
        .col_expr(membership::Column::UndoPasswordHash, Expr::value(Option::<String>::None))
        .filter(membership::Column::UserId.eq(user))
        .exec(transaction)
        .await?;
    Ok(())
}

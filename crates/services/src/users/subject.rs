//! The user whom a use case is about.

use domain::ids::UserId;
use entities::{contact, membership, session, token as token_row, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    auth::token,
    mail,
};
use domain::access::{Right, StaffRole};

/// The user of a key, kept from others until the transaction ends.
pub(crate) async fn lock(transaction: &Transaction, id: UserId) -> ServiceResult<user::Model> {
    user::Entity::find_by_id(Uuid::from(id))
        .lock_exclusive()
        .one(transaction)
        .await?
        .ok_or(ServiceError::NotFound)
}

/// Lets whoever may set a user's password anew through: of staff, administrators only.
pub(super) fn may_reset(cx: &Cx, user: &user::Model) -> ServiceResult<()> {
    staff(cx, Right::StartPasswordReset)?;
    if user.kind != "portal" {
        staff(cx, Right::ManageUsers)?;
    }
    Ok(())
}

/// Whether the user is whoever asks.
pub(super) fn is_self(cx: &Cx, user: Uuid) -> bool {
    cx.actor().user_id() == Some(user)
}

/// The administrators who can sign in, kept from others until the transaction ends: two who take the right
/// from each other take turns, and the second one is refused. Call it before anything else is locked.
pub(super) async fn lock_administrators(transaction: &Transaction) -> ServiceResult<Vec<Uuid>> {
    let found = user::Entity::find()
        .filter(user::Column::Role.eq(StaffRole::Administrator.code()))
        .filter(user::Column::Kind.eq("staff"))
        .filter(user::Column::Status.eq("active"))
        .order_by_asc(user::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    Ok(found.into_iter().map(|user| user.id).collect())
}

/// Refuses to take the last administrator away.
pub(super) fn keep_an_administrator(administrators: &[Uuid], user: Uuid) -> ServiceResult<()> {
    if administrators == [user] {
        return Err(ServiceError::refused(
            "This is the last administrator who can log in. Make somebody else an administrator first.",
        ));
    }
    Ok(())
}

/// The commercial entities that a user has access to, each with its name.
pub(crate) async fn companies(
    connection: &impl ConnectionTrait,
    user: Uuid,
) -> ServiceResult<Vec<(Uuid, String)>> {
    let entities = membership::Entity::find()
        .select_only()
        .column(contact::Column::EntityId)
        .join(JoinType::InnerJoin, membership::Relation::Contact.def())
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::State.ne("ended"))
        .into_tuple::<Uuid>()
        .all(connection)
        .await?;
    if entities.is_empty() {
        return Ok(Vec::new());
    }
    let found = contact::Entity::find()
        .select_only()
        .columns([contact::Column::Id, contact::Column::Name])
        .filter(contact::Column::Id.is_in(entities))
        .order_by_asc(contact::Column::Name)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found)
}

/// Whether a user may come in at all: a portal user without a membership left has nowhere to go.
pub(crate) async fn has_access(connection: &impl ConnectionTrait, user: &user::Model) -> ServiceResult<bool> {
    if user.kind != "portal" {
        return Ok(true);
    }
    let live = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user.id))
        .filter(membership::Column::State.ne("ended"))
        .lock_shared()
        .one(connection)
        .await?;
    Ok(live.is_some())
}

/// Ends every session of a user, but for the one that `keep` names.
pub(crate) async fn end_all_sessions(
    connection: &impl ConnectionTrait,
    user: Uuid,
    keep: Option<&str>,
) -> ServiceResult<u64> {
    let mut theirs = session::Entity::delete_many().filter(session::Column::UserId.eq(user));
    if let Some(keep) = keep {
        theirs = theirs.filter(session::Column::IdHash.ne(keep));
    }
    Ok(theirs.exec(connection).await?.rows_affected)
}

/// Stops every link of a user from working: invitations and password resets alike, sent or not.
pub(crate) async fn void_links(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: &user::Model,
    why: &str,
) -> ServiceResult<()> {
    token::void(cx, connection, Condition::all().add(token_row::Column::UserId.eq(user.id))).await?;
    mail::cancel_links_to(connection, &user.login, why).await
}

/// Changes one column of a user.
pub(super) async fn set(
    connection: &impl ConnectionTrait,
    user: Uuid,
    column: user::Column,
    value: impl Into<sea_orm::Value>,
) -> ServiceResult<()> {
    user::Entity::update_many()
        .col_expr(column, Expr::value(value))
        .filter(user::Column::Id.eq(user))
        .exec(connection)
        .await?;
    Ok(())
}

/// Writes what happened to a user. People of a company read of it when it is the user's only one.
pub(crate) async fn record(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    action: &'static str,
    user: &user::Model,
    data: Value,
) -> ServiceResult<()> {
    let entity_id = match companies(connection, user.id).await?.as_slice() {
        [(only, _)] => Some(*only),
        _ => None,
    };
    let event = Event { action, subject: &user.login, subject_id: Some(user.id), entity_id, data };
    audit::record(cx, connection, event).await
}

//! Challenges wait for their answer in the database, so that every instance knows them; each is answered once.

use entities::passkey_ceremony as row;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::relying_party::Asked;
use crate::{Cx, ServiceError, ServiceResult, auth::bucket::network, secret};

/// How long a challenge can be answered: finding a telephone and its cable takes a while.
pub const CEREMONY_LASTS: Duration = Duration::minutes(5);
/// Challenges for signing in from one network that have come to nothing, within [`CEREMONY_LASTS`].
const MOST_FROM_A_PLACE: u64 = 60;

/// What the browser is to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// For a cookie of the browser that asked: no other can answer.
    pub secret: String,
    /// The options of `navigator.credentials.create` or `.get`, below that name.
    pub options: Value,
}

/// What is written down until the answer comes.
pub(super) struct New<'a> {
    pub asked: Asked,
    /// Whoever adds a passkey, and what it is to be called; nobody yet when somebody signs in.
    pub adds: Option<(Uuid, &'a str)>,
}

/// Writes a challenge down.
pub(super) async fn begin(cx: &Cx, new: New<'_>) -> ServiceResult<Challenge> {
    let secret = secret::mint();
    let row = row::ActiveModel {
        secret_hash: Set(secret::hash(&secret)),
        user_id: Set(new.adds.map(|(user, _)| user)),
        name: Set(new.adds.map(|(_, name)| name.to_owned()).unwrap_or_default()),
        place: Set(place(cx)),
        state: Set(new.asked.state),
        expires_at: Set(cx.now().plus(CEREMONY_LASTS).millis()),
        used_at: Set(None),
    };
    let transaction = cx.begin().await?;
    if let Some((user, _)) = new.adds {
        // Whoever adds one does so once at a time.
        row::Entity::delete_many().filter(row::Column::UserId.eq(user)).exec(&transaction).await?;
    }
    row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(Challenge { secret, options: new.asked.options })
}

/// Takes the challenge of a browser, if it waits: whatever becomes of the answer, there is no second one.
pub(super) async fn take(cx: &Cx, secret: &str, user: Option<Uuid>) -> ServiceResult<Option<row::Model>> {
    let hash = secret::hash(secret);
    let whose = match user {
        Some(user) => row::Column::UserId.eq(user),
        None => row::Column::UserId.is_null(),
    };
    let transaction = cx.begin().await?;
    let taken = row::Entity::update_many()
        .col_expr(row::Column::UsedAt, Expr::value(cx.now().millis()))
        .filter(row::Column::SecretHash.eq(&hash))
        .filter(row::Column::UsedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(cx.now().millis()))
        .filter(whose)
        .exec(&transaction)
        .await?;
    if taken.rows_affected != 1 {
        return Ok(None);
    }
    let found = row::Entity::find_by_id(hash).one(&transaction).await?;
    transaction.commit().await?;
    Ok(found)
}

/// Forgets a challenge that was answered well: it does not count against its network.
pub(super) async fn forget(connection: &impl ConnectionTrait, secret_hash: &str) -> ServiceResult<()> {
    row::Entity::delete_by_id(secret_hash).exec(connection).await?;
    Ok(())
}

/// Refuses a network that asks and asks without ever signing in.
pub(super) async fn limit(cx: &Cx) -> ServiceResult<()> {
    let waiting = row::Entity::find()
        .filter(row::Column::Place.eq(place(cx)))
        .filter(row::Column::ExpiresAt.gt(cx.now().millis()))
        .filter(row::Column::UserId.is_null())
        .count(cx.db().pool())
        .await?;
    if waiting >= MOST_FROM_A_PLACE {
        return Err(ServiceError::Throttled { wait_seconds: CEREMONY_LASTS.whole_seconds() / 5 });
    }
    Ok(())
}

/// Removes challenges that nobody can answer any more.
pub(in crate::auth) async fn forget_expired(
    connection: &impl ConnectionTrait,
    now: i64,
) -> ServiceResult<()> {
    row::Entity::delete_many().filter(row::Column::ExpiresAt.lte(now)).exec(connection).await?;
    Ok(())
}

fn place(cx: &Cx) -> String {
    secret::hash(&format!("passkey\n{}", network(&cx.origin.address)))
}

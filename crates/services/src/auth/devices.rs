//! The browsers that somebody signed in from, each known again by a secret that only its cookie holds.

use domain::Instant;
use entities::device;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use time::Duration;
use uuid::Uuid;

use crate::{Cx, ServiceResult, Transaction, ids, secret};

/// How long no code is asked for on a device that somebody trusts.
pub(crate) const TRUST_LASTS: Duration = Duration::days(30);
/// A device that nobody signed in from for so long is forgotten.
pub(super) const REMEMBERED: Duration = Duration::days(400);

/// The device of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noted {
    /// Its key.
    pub id: Uuid,
    /// Whether the user never signed in from it before.
    pub is_new: bool,
}

/// Notes that a user signed in from the browser at hand. One that is not known is given a secret; one that is
/// known for somebody else keeps its own, so that two people can share a browser.
pub(super) async fn note(cx: &Cx, transaction: &Transaction, user: Uuid) -> ServiceResult<Noted> {
    let now = cx.now().millis();
    let known = known(cx, transaction).await?;
    if let Some((id, _)) = known.iter().find(|(_, owner)| *owner == user) {
        device::Entity::update_many()
            .col_expr(device::Column::LastSeenAt, Expr::value(now))
            .col_expr(device::Column::Agent, Expr::value(cx.origin.agent.clone()))
            .col_expr(device::Column::Address, Expr::value(cx.origin.address.clone()))
            .filter(device::Column::Id.eq(*id))
            .exec(transaction)
            .await?;
        return Ok(Noted { id: *id, is_new: false });
    }
    let shared = cx.origin.device.clone().filter(|_| !known.is_empty());
    let secret_hash = shared.unwrap_or_else(|| {
        let secret = secret::mint();
        let hash = secret::hash(&secret);
        cx.keep_device(secret);
        hash
    });
    let id = ids::mint(cx.now());
    let row = device::ActiveModel {
        id: Set(id),
        user_id: Set(user),
        secret_hash: Set(secret_hash),
        agent: Set(cx.origin.agent.clone()),
        address: Set(cx.origin.address.clone()),
        created_at: Set(now),
        last_seen_at: Set(now),
        trusted_until: Set(None),
    };
    device::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(Noted { id, is_new: true })
}

/// The devices behind the cookie at hand, each with whose it is.
async fn known(cx: &Cx, connection: &impl ConnectionTrait) -> ServiceResult<Vec<(Uuid, Uuid)>> {
    let Some(hash) = cx.origin.device.as_deref() else { return Ok(Vec::new()) };
    let found = device::Entity::find()
        .select_only()
        .columns([device::Column::Id, device::Column::UserId])
        .filter(device::Column::SecretHash.eq(hash))
        .into_tuple()
        .all(connection)
        .await?;
    Ok(found)
}

/// Whether no code is asked of a user on the browser at hand.
pub(super) async fn is_trusted(cx: &Cx, user: Uuid) -> ServiceResult<bool> {
    let Some(hash) = cx.origin.device.as_deref() else { return Ok(false) };
    let found = device::Entity::find()
        .filter(device::Column::UserId.eq(user))
        .filter(device::Column::SecretHash.eq(hash))
        .filter(device::Column::TrustedUntil.gt(cx.now().millis()))
        .one(cx.db().pool())
        .await?;
    Ok(found.is_some())
}

/// Trusts a device of the one who signs in, under a new secret: whoever had read the old one has nothing.
pub(super) async fn trust(cx: &Cx, transaction: &Transaction, id: Uuid) -> ServiceResult<Instant> {
    let until = cx.now().plus(TRUST_LASTS);
    device::Entity::update_many()
        .col_expr(device::Column::TrustedUntil, Expr::value(until.millis()))
        .filter(device::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    let Some(row) = device::Entity::find_by_id(id).one(transaction).await? else { return Ok(until) };
    let secret = secret::mint();
    device::Entity::update_many()
        .col_expr(device::Column::SecretHash, Expr::value(secret::hash(&secret)))
        .filter(device::Column::SecretHash.eq(row.secret_hash))
        .exec(transaction)
        .await?;
    cx.keep_device(secret);
    Ok(until)
}

/// Asks for a code on every device of a user again.
pub(crate) async fn stop_trusting(connection: &impl ConnectionTrait, user: Uuid) -> ServiceResult<()> {
    device::Entity::update_many()
        .col_expr(device::Column::TrustedUntil, Expr::value(Option::<i64>::None))
        .filter(device::Column::UserId.eq(user))
        .exec(connection)
        .await?;
    Ok(())
}

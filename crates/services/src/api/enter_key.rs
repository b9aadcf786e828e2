use domain::{api::ApiKeyState, ids::ApiKeyId};
use entities::api_key;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    create_key::PREFIX,
    list_keys::{scopes, state},
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{Actor, MachineActor},
    secret,
};

/// When a key was used last is taken down once in so many milliseconds.
const NOTED_EVERY: i64 = 60_000;

/// A program that came in.
#[derive(Debug)]
pub struct Entered {
    /// Its context.
    pub cx: Cx,
    /// Its name, for the log.
    pub name: String,
}

/// Lets another program in by its secret, and counts its requests.
///
/// # Permissions
/// Whoever has the secret of a key that is neither expired nor revoked.
///
/// # Errors
/// [`ServiceError::Unauthenticated`] for every other secret; [`ServiceError::Throttled`] after too many requests.
pub async fn enter_key(cx: &Cx, key_secret: &str) -> ServiceResult<Entered> {
    if !key_secret.starts_with(PREFIX) {
        return Err(ServiceError::Unauthenticated);
    }
    let pool = cx.db().pool();
    let found =
        api_key::Entity::find().filter(api_key::Column::Hash.eq(secret::hash(key_secret))).one(pool).await?;
    let now = cx.now();
    let key = found.filter(|key| state(key, now) == ApiKeyState::Active);
    let key = key.ok_or(ServiceError::Unauthenticated)?;
    let id = ApiKeyId(key.id);
    let rate = cx.portico.config.api_rate;
    cx.portico
        .api_rates
        .count(id, now, rate)
        .map_err(|wait_seconds| ServiceError::Throttled { wait_seconds })?;
    if key.last_used_at.is_none_or(|at| now.millis() - at >= NOTED_EVERY) {
        let stale = Condition::any()
            .add(api_key::Column::LastUsedAt.is_null())
            .add(api_key::Column::LastUsedAt.lte(now.millis() - NOTED_EVERY));
        api_key::Entity::update_many()
            .col_expr(api_key::Column::LastUsedAt, Expr::value(now.millis()))
            .filter(api_key::Column::Id.eq(key.id))
            .filter(stale)
            .exec(pool)
            .await?;
    }
    let name = format!("API key “{}” ({}…)", key.name, key.hint);
    let actor = MachineActor { key: id, name: name.clone(), scopes: scopes(&key) };
    Ok(Entered { cx: cx.with_actor(Actor::machine(actor)), name })
}

use domain::{
    Instant,
    access::Right,
    api::{ApiKeyRow, ApiKeyState, ApiKeysPage, ApiScope},
    ids::ApiKeyId,
};
use entities::api_key;
use sea_orm::{EntityTrait, QueryOrder};

use crate::{Cx, ServiceResult, access::staff, auth::needs_proof};

/// Every key of another program, working ones first, newest first.
///
/// # Permissions
/// [`Right::ManageSettings`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_keys(cx: &Cx) -> ServiceResult<ApiKeysPage> {
    staff(cx, Right::ManageSettings)?;
    let found = api_key::Entity::find().order_by_desc(api_key::Column::Id).all(cx.db().pool()).await?;
    let mut keys: Vec<ApiKeyRow> = found.into_iter().map(|key| row(cx, key)).collect();
    keys.sort_by_key(|key| key.state != ApiKeyState::Active);
    Ok(ApiKeysPage { keys, needs_password: needs_proof(cx) })
}

/// Whether a key works now.
pub(super) fn state(key: &api_key::Model, now: Instant) -> ApiKeyState {
    if key.revoked_at.is_some() {
        ApiKeyState::Revoked
    } else if key.expires_at.is_some_and(|at| at <= now.millis()) {
        ApiKeyState::Expired
    } else {
        ApiKeyState::Active
    }
}

/// What a key is for; words that this release does not know allow nothing.
pub(super) fn scopes(key: &api_key::Model) -> Vec<ApiScope> {
    key.scopes.split(' ').filter_map(ApiScope::parse).collect()
}

fn row(cx: &Cx, key: api_key::Model) -> ApiKeyRow {
    let zone = &cx.settings().zone;
    let told = |at: i64| zone.display_exact(Instant::from_millis(at));
    let state = state(&key, cx.now());
    ApiKeyRow {
        id: ApiKeyId(key.id),
        scopes: scopes(&key),
        made: format!("{}, {}", key.created_by, told(key.created_at)),
        until: key.revoked_at.or(key.expires_at).map(told),
        last_used: key.last_used_at.map(told),
        state,
        name: key.name,
        hint: key.hint,
    }
}

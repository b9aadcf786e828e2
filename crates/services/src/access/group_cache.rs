use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use domain::access::{Permission, PermissionSet, ScopeKind};
use entities::group_permission;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Db, ServiceResult};

/// The permissions of groups, by group and version.
///
/// The version comes with each request's session, so an edited group acts at the next request of
/// everybody in it, in every instance, without a message between instances.
#[derive(Debug, Default)]
pub(crate) struct GroupCache(RwLock<HashMap<Uuid, (i64, Arc<PermissionSet>)>>);

impl GroupCache {
    /// What a group of this version allows.
    pub(crate) async fn permissions(
        &self,
        db: &Db,
        group: Uuid,
        version: i64,
    ) -> ServiceResult<Arc<PermissionSet>> {
        if let Some(held) = self.held(group, version) {
            return Ok(held);
        }
        let rows = group_permission::Entity::find()
            .filter(group_permission::Column::GroupId.eq(group))
            .all(db.pool())
            .await?;
        let permissions: PermissionSet = rows
            .iter()
            .filter_map(|row| {
                Some((Permission::parse(&row.area, &row.action)?, ScopeKind::parse(&row.scope)?))
            })
            .collect();
        let permissions = Arc::new(permissions);
        if let Ok(mut cache) = self.0.write() {
            cache.insert(group, (version, Arc::clone(&permissions)));
        }
        Ok(permissions)
    }

    fn held(&self, group: Uuid, version: i64) -> Option<Arc<PermissionSet>> {
        let cache = self.0.read().ok()?;
        cache.get(&group).filter(|(held, _)| *held == version).map(|(_, permissions)| Arc::clone(permissions))
    }
}

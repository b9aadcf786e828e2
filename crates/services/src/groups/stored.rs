//! Permission groups as the database holds them.

use domain::{
    access::GroupForm,
    access::{NON_PORTAL, Permission, PermissionSet, ScopeKind},
};
use entities::{group, group_permission};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{ServiceError, ServiceResult, Transaction};

/// A group with what it allows.
pub(super) struct Stored {
    pub row: group::Model,
    pub permissions: PermissionSet,
}

impl Stored {
    pub(super) fn is_for_visitors(&self) -> bool {
        is_for_visitors(&self.row)
    }

    pub(super) fn form(&self) -> GroupForm {
        GroupForm {
            name: self.row.name.clone(),
            description: self.row.description.clone(),
            require_two_factor: self.row.require_two_factor,
            is_default: self.row.is_default,
            permissions: self.permissions.clone(),
            copied_from: None,
            version: self.row.version,
        }
    }
}

/// Whether a group is what secure links give. Nobody is a member of it.
pub(super) fn is_for_visitors(group: &group::Model) -> bool {
    group.code.as_deref() == Some(NON_PORTAL)
}

/// Every group by name; there are few.
pub(super) async fn all(connection: &impl ConnectionTrait) -> ServiceResult<Vec<group::Model>> {
    let mut groups = group::Entity::find().all(connection).await?;
    groups.sort_by_cached_key(|group| group.name.to_lowercase());
    Ok(groups)
}

/// Every group, for whoever is about to change one: two who do take turns, so that there always is one default.
pub(super) async fn all_locked(transaction: &Transaction) -> ServiceResult<Vec<group::Model>> {
    Ok(group::Entity::find().order_by_asc(group::Column::Id).lock_exclusive().all(transaction).await?)
}

/// A group of some, with what it allows.
pub(super) async fn among(
    connection: &impl ConnectionTrait,
    groups: &[group::Model],
    id: Uuid,
) -> ServiceResult<Stored> {
    let row = groups.iter().find(|group| group.id == id).ok_or(ServiceError::NotFound)?.clone();
    let rows = group_permission::Entity::find()
        .filter(group_permission::Column::GroupId.eq(id))
        .all(connection)
        .await?;
    let permissions = rows
        .iter()
        .filter_map(|row| Some((Permission::parse(&row.area, &row.action)?, ScopeKind::parse(&row.scope)?)))
        .collect();
    Ok(Stored { row, permissions })
}

/// Writes what a group allows, in place of what it did.
pub(super) async fn write_permissions(
    transaction: &Transaction,
    id: Uuid,
    permissions: &PermissionSet,
) -> ServiceResult<()> {
    group_permission::Entity::delete_many()
        .filter(group_permission::Column::GroupId.eq(id))
        .exec(transaction)
        .await?;
    let rows: Vec<_> = permissions
        .iter()
        .map(|(permission, scope)| group_permission::ActiveModel {
            group_id: Set(id),
            area: Set(permission.area().to_owned()),
            action: Set(permission.action().to_owned()),
            scope: Set(scope.code().to_owned()),
        })
        .collect();
    if !rows.is_empty() {
        group_permission::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// A group in the audit trail.
pub(super) fn told(form: &GroupForm) -> Value {
    Value::Object(facts(form))
}

/// What differs between two states of a group, before and after, in the audit trail.
pub(super) fn difference(before: &GroupForm, after: &GroupForm) -> Value {
    let (mut before, mut after) = (facts(before), facts(after));
    let same: Vec<String> = before
        .iter()
        .filter(|(key, value)| after.get(*key) == Some(value))
        .map(|(key, _)| key.clone())
        .collect();
    for key in same {
        before.remove(&key);
        after.remove(&key);
    }
    json!({ "before": before, "after": after })
}

/// Each fact by its name: the permissions are facts of their own.
fn facts(form: &GroupForm) -> Map<String, Value> {
    let mut facts = Map::new();
    facts.insert("name".to_owned(), json!(form.name));
    facts.insert("description".to_owned(), json!(form.description));
    facts.insert("require_two_factor".to_owned(), json!(form.require_two_factor));
    facts.insert("is_default".to_owned(), json!(form.is_default));
    for permission in Permission::ALL {
        let scope = form.permissions.scope_of(*permission).map_or("no", ScopeKind::code);
        facts.insert(permission.field(), json!(scope));
    }
    facts
}

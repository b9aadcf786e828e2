use domain::{
    access::{Affected, GroupEffects, GroupForm, PermissionSet, Right},
    ids::GroupId,
};
use entities::group;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::people_of,
    stored::{self, Stored},
};
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::staff,
    audit::{self, Event},
    ids, secret,
};

/// What became of a group that was sent.
#[derive(Debug)]
pub enum GroupSaved {
    /// It is saved.
    Done(GroupId),
    /// Nothing was saved yet. Sent again with the confirmation, it is saved.
    Confirm {
        /// The form as it would be saved: actions follow what can be seen.
        form: Box<GroupForm>,
        /// What it would do to people.
        effects: GroupEffects,
    },
}

/// Makes a permission group, or changes one, once the effects on people were seen.
///
/// `confirmation` says which effects were seen. Others than those, because more was changed or because people
/// came and went meanwhile, are shown again. A change acts at the next request of everybody concerned: the
/// group's version rises with it.
///
/// Sending the same twice is the same as once.
///
/// # Permissions
/// [`Right::ManageGroups`].
///
/// # Errors
/// [`ServiceError::Invalid`] with the wrong fields; [`ServiceError::Stale`] when somebody else saved first.
pub async fn save_group(
    cx: &Cx,
    id: Option<GroupId>,
    form: &GroupForm,
    confirmation: &str,
) -> ServiceResult<GroupSaved> {
    staff(cx, Right::ManageGroups)?;
    let transaction = cx.begin().await?;
    let groups = stored::all_locked(&transaction).await?;
    let namesake = groups
        .iter()
        .find(|other| Some(other.id) != id.map(Uuid::from) && is_called(other, &form.name))
        .map(|other| other.id);
    let saved = match id {
        None => create(cx, &transaction, &groups, namesake, form).await,
        Some(id) => {
            let before = stored::among(&transaction, &groups, id.into()).await?;
            change(cx, &transaction, before, namesake, form, confirmation).await
        }
    };
    match saved {
        Ok(GroupSaved::Done(id)) => {
            transaction.commit().await?;
            Ok(GroupSaved::Done(id))
        }
        // Another instance was faster with the same name.
        Err(ServiceError::Internal { cause, .. }) if is_taken(&cause) => Err(name_taken()),
        other => other,
    }
}

async fn create(
    cx: &Cx,
    transaction: &Transaction,
    groups: &[group::Model],
    namesake: Option<Uuid>,
    form: &GroupForm,
) -> ServiceResult<GroupSaved> {
    let copied = match form.copied_from {
        Some(id) if groups.iter().any(|group| group.id == Uuid::from(id)) => {
            stored::among(transaction, groups, id.into()).await?.permissions
        }
        _ => PermissionSet::default(),
    };
    let permissions = form.check(&copied, false)?;
    let after = GroupForm { permissions, version: 1, ..form.clone() };
    if let Some(namesake) = namesake {
        let namesake = stored::among(transaction, groups, namesake).await?;
        return if namesake.row.version == 1 && namesake.form().says_the_same(&as_saved(form)) {
            Ok(GroupSaved::Done(GroupId(namesake.row.id)))
        } else {
            Err(name_taken())
        };
    }
    let id = ids::mint(cx.now());
    if after.is_default {
        take_default_from_others(cx, transaction, id).await?;
    }
    let row = group::ActiveModel {
        id: Set(id),
        code: Set(None),
        name: Set(after.name.clone()),
        description: Set(after.description.clone()),
        is_default: Set(after.is_default),
        require_two_factor: Set(after.require_two_factor),
        version: Set(after.version),
    };
    group::Entity::insert(row).exec_without_returning(transaction).await?;
    stored::write_permissions(transaction, id, &after.permissions).await?;
    tell(cx, transaction, "group.created", id, &after.name, json!({ "after": stored::told(&after) })).await?;
    Ok(GroupSaved::Done(GroupId(id)))
}

async fn change(
    cx: &Cx,
    transaction: &Transaction,
    before: Stored,
    namesake: Option<Uuid>,
    form: &GroupForm,
    confirmation: &str,
) -> ServiceResult<GroupSaved> {
    let id = before.row.id;
    let saved_before = before.form();
    if before.row.version != form.version && !saved_before.says_the_same(&as_saved(form)) {
        return Err(ServiceError::Stale);
    }
    if before.row.version != form.version || saved_before.says_the_same(form) {
        return Ok(GroupSaved::Done(GroupId(id)));
    }
    let permissions = form.check(&before.permissions, before.is_for_visitors())?;
    if namesake.is_some() {
        return Err(name_taken());
    }
    if before.row.is_default && !form.is_default {
        let text = "One group is always the default: make another group the default instead.";
        return Err(ServiceError::field("is_default", text));
    }
    let after = GroupForm { permissions, version: before.row.version + 1, ..form.clone() };
    let people = people_of(transaction, cx.now(), Some(id)).await?.get(&id).copied().unwrap_or_default();
    let affected = if before.is_for_visitors() { Affected::Visitors } else { Affected::People(people) };
    let effects = effects(affected, &saved_before, &after)?;
    if effects.matter() && effects.confirmation != confirmation {
        let form = Box::new(GroupForm { version: form.version, ..after });
        return Ok(GroupSaved::Confirm { form, effects });
    }
    if after.is_default && !before.row.is_default {
        take_default_from_others(cx, transaction, id).await?;
    }
    group::Entity::update_many()
        .col_expr(group::Column::Name, Expr::value(after.name.as_str()))
        .col_expr(group::Column::Description, Expr::value(after.description.as_str()))
        .col_expr(group::Column::IsDefault, Expr::value(after.is_default))
        .col_expr(group::Column::RequireTwoFactor, Expr::value(after.require_two_factor))
        .col_expr(group::Column::Version, Expr::value(after.version))
        .filter(group::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    stored::write_permissions(transaction, id, &after.permissions).await?;
    let data = stored::difference(&saved_before, &after);
    tell(cx, transaction, "group.changed", id, &after.name, data).await?;
    Ok(GroupSaved::Done(GroupId(id)))
}

/// The form as it was saved, if this is the second time that it is sent.
fn as_saved(form: &GroupForm) -> GroupForm {
    let permissions = form.permissions.following(&form.permissions).unwrap_or_default();
    GroupForm { permissions, ..form.clone() }
}

/// What people gain and lose between two states, or two groups.
pub(super) fn effects(
    affected: Affected,
    before: &GroupForm,
    after: &GroupForm,
) -> ServiceResult<GroupEffects> {
    let two_factor = after.require_two_factor;
    let mut effects = GroupEffects {
        affected,
        changes: before.permissions.changes_to(&after.permissions),
        two_factor: (two_factor != before.require_two_factor).then_some(two_factor),
        confirmation: String::new(),
    };
    let seen = serde_json::to_string(&effects).map_err(ServiceError::internal)?;
    effects.confirmation = secret::hash(&seen);
    Ok(effects)
}

/// There is one default at any time. The others' versions rise, so that a page on which one still is the default cannot
/// make it so again unseen.
async fn take_default_from_others(cx: &Cx, transaction: &Transaction, id: Uuid) -> ServiceResult<()> {
    let is_another_default = group::Column::IsDefault.eq(true).and(group::Column::Id.ne(id));
    let others = group::Entity::find().filter(is_another_default.clone()).all(transaction).await?;
    group::Entity::update_many()
        .col_expr(group::Column::IsDefault, Expr::value(false))
        .col_expr(group::Column::Version, Expr::col(group::Column::Version).add(1))
        .filter(is_another_default)
        .exec(transaction)
        .await?;
    for other in others {
        let data = json!({ "before": { "is_default": true }, "after": { "is_default": false } });
        tell(cx, transaction, "group.changed", other.id, &other.name, data).await?;
    }
    Ok(())
}

pub(super) async fn tell(
    cx: &Cx,
    transaction: &Transaction,
    action: &'static str,
    id: Uuid,
    name: &str,
    data: Value,
) -> ServiceResult<()> {
    let event = Event { action, subject: name, subject_id: Some(id), entity_id: None, data };
    audit::record(cx, transaction, event).await
}

fn is_called(group: &group::Model, name: &str) -> bool {
    group.name.to_lowercase() == name.to_lowercase()
}

fn name_taken() -> ServiceError {
    ServiceError::field("name", "Another group has this name: choose a different one.")
}

fn is_taken(cause: &anyhow::Error) -> bool {
    cause.downcast_ref::<sea_orm::DbErr>().is_some_and(ServiceError::is_unique_violation)
}

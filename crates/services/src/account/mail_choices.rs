//! Which mails somebody gets.

use std::collections::{BTreeMap, HashMap};

use domain::account::{MailArea, MailChoice};
use entities::mail_choice;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict,
};
use serde_json::json;
use uuid::Uuid;

use super::customer::customer;
use crate::{
    Cx, ServiceResult,
    access::portal_scope_if_any,
    users::{lock, record},
};

/// What somebody can choose: the areas of what they may see now, with what they chose.
pub(super) async fn choices(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    user: Uuid,
) -> ServiceResult<Vec<(MailArea, bool)>> {
    let chosen: HashMap<String, bool> = mail_choice::Entity::find()
        .filter(mail_choice::Column::UserId.eq(user))
        .all(connection)
        .await?
        .into_iter()
        .map(|choice| (choice.area, choice.is_wanted))
        .collect();
    let mut offered = Vec::new();
    for area in MailArea::all() {
        if portal_scope_if_any(cx, area.kind().view())?.is_some() {
            offered.push((area, chosen.get(&area.code()).copied().unwrap_or(true)));
        }
    }
    Ok(offered)
}

/// The same as forms show it.
pub(super) fn to_choice((area, is_wanted): (MailArea, bool)) -> MailChoice {
    MailChoice { code: area.code(), label: area.label(), is_wanted }
}

/// Keeps which mails somebody wants: those of the areas that are named, of all that they are offered. What they
/// chose for an area that they may not see now stays.
///
/// # Permissions
/// Every customer, for themselves.
///
/// # Errors
/// [`ServiceError::NotFound`](crate::ServiceError::NotFound) for whoever has no account of their own, and for staff.
pub async fn save_mail_choices(cx: &Cx, wanted: &[String]) -> ServiceResult<()> {
    let holder = customer(cx)?;
    let transaction = cx.begin().await?;
    let user = lock(&transaction, holder.user).await?;
    let mut changed = BTreeMap::new();
    for (area, was_wanted) in choices(cx, &transaction, user.id).await? {
        let is_wanted = wanted.contains(&area.code());
        if is_wanted == was_wanted {
            continue;
        }
        let row = mail_choice::ActiveModel {
            user_id: Set(user.id),
            area: Set(area.code()),
            is_wanted: Set(is_wanted),
            changed_at: Set(cx.now().millis()),
        };
        let conflict = OnConflict::columns([mail_choice::Column::UserId, mail_choice::Column::Area])
            .update_columns([mail_choice::Column::IsWanted, mail_choice::Column::ChangedAt])
            .to_owned();
        mail_choice::Entity::insert(row).on_conflict(conflict).exec_without_returning(&transaction).await?;
        changed.insert(area.label(), (was_wanted, is_wanted));
    }
    if changed.is_empty() {
        return Ok(());
    }
    let side = |now: bool| -> BTreeMap<&String, bool> {
        changed.iter().map(|(label, (before, after))| (label, if now { *after } else { *before })).collect()
    };
    let data = json!({ "before": side(false), "after": side(true) });
    record(cx, &transaction, "user.mail_choices_changed", &user, data).await?;
    transaction.commit().await?;
    Ok(())
}

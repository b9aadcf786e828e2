use std::collections::HashMap;

use domain::{
    access::{
        BulkChange, BulkPage, BulkResult, BulkRow, BulkTargets, GrantRow, MOST_IN_BULK, Right, RowChange,
        RowOutcome, RowRequest,
    },
    ids::ContactId,
};
use entities::contact;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    StaffPass, change_access, group_choice::choices, list_grant_rows::rows_of, preview_access, staff,
};
use crate::{Cx, ServiceError, ServiceResult, contacts::filtered};

/// The contacts that a change in bulk is for.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, or the database fails.
pub async fn list_bulk_rows(cx: &Cx, targets: &BulkTargets) -> ServiceResult<BulkPage> {
    let pass = staff(cx, Right::ManageAccess)?;
    let pool = cx.db().pool();
    let mut contacts = find(cx, &pass, targets).await?;
    let is_too_many = contacts.len() > MOST_IN_BULK;
    contacts.truncate(MOST_IN_BULK);
    Ok(BulkPage { rows: rows_of(pool, &contacts).await?, groups: choices(pool).await?, is_too_many })
}

/// Changes the access of many contacts under their recorded emails, or says what it would do. Good rows go
/// through and each bad row says why; asking again repeats nothing.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// [`ServiceError::Refused`] for too many contacts, [`ServiceError::Invalid`] for a message that is too long
/// or a group that is missing; otherwise when the actor lacks the right or the database fails.
pub async fn change_in_bulk(
    cx: &Cx,
    targets: &BulkTargets,
    change: &BulkChange,
    is_preview: bool,
) -> ServiceResult<Vec<BulkRow>> {
    let page = list_bulk_rows(cx, targets).await?;
    if page.is_too_many {
        return Err(ServiceError::refused(format!(
            "These are more than {MOST_IN_BULK} contacts: narrow the list first."
        )));
    }
    if change.change == RowChange::Regroup && change.group.is_none() {
        return Err(ServiceError::field("group", "Choose the permission group to change to."));
    }
    let requests: Vec<RowRequest> = page
        .rows
        .iter()
        .map(|row| RowRequest {
            contact: row.contact,
            email: row.email.clone(),
            change: change.change,
            group: change.group,
        })
        .collect();
    let outcomes = if is_preview {
        preview_access(cx, &requests, &change.message).await?
    } else {
        change_access(cx, &requests, &change.message).await?
    };
    Ok(to_rows(page.rows, outcomes))
}

fn to_rows(rows: Vec<GrantRow>, outcomes: Vec<RowOutcome>) -> Vec<BulkRow> {
    let mut names: HashMap<ContactId, String> = rows.into_iter().map(|row| (row.contact, row.name)).collect();
    let mut rows: Vec<BulkRow> = outcomes
        .into_iter()
        .map(|outcome| {
            let (contact, result, text) = match outcome {
                RowOutcome::Done { row, message, is_changed: true, .. } => {
                    (row.contact, BulkResult::Changed, message)
                }
                RowOutcome::Done { row, message, .. } => (row.contact, BulkResult::Unchanged, message),
                RowOutcome::Refused { contact, reason } => (contact, BulkResult::Refused, reason),
            };
            BulkRow { contact, name: names.remove(&contact).unwrap_or_default(), result, text }
        })
        .collect();
    // What needs somebody's attention comes first.
    rows.sort_by_key(|row| match row.result {
        BulkResult::Refused => 0,
        BulkResult::Unchanged => 1,
        BulkResult::Changed => 2,
    });
    rows
}

async fn find(cx: &Cx, pass: &StaffPass, targets: &BulkTargets) -> ServiceResult<Vec<contact::Model>> {
    let most = MOST_IN_BULK as u64 + 1;
    let query = match targets {
        BulkTargets::Matching(filter) => filtered(cx, pass.contacts(), filter).await?,
        BulkTargets::These(ids) => {
            let ids = ids.iter().take(MOST_IN_BULK + 1).map(|id| Uuid::from(*id));
            pass.contacts().filter(contact::Column::Id.is_in(ids))
        }
    };
    let found = query
        .filter(contact::Column::ArchivedAt.is_null())
        .order_by_asc(contact::Column::NameKey)
        .order_by_asc(contact::Column::Id)
        .limit(most)
        .all(cx.db().pool())
        .await?;
    Ok(found)
}

use std::collections::HashMap;

use domain::{
    access::{Right, RowChange, RowOutcome, RowRequest},
    ids::ContactId,
};
use entities::contact;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{StaffPass, done::Done, grant, list_grant_rows::rows_of, regroup, revoke, staff};
use crate::{Cx, ServiceError, ServiceResult, Transaction};

/// Rows that share a transaction: few enough that no writer waits long, enough that a thousand rows do not
/// wait for a thousand disk flushes.
const CHUNK: usize = 50;
/// Longest text that staff may add to an invitation, in characters.
const MAX_MESSAGE: usize = 4_000;

/// Grants, re-invites, revokes and changes groups, row by row. Good rows go through and each bad row says why.
///
/// A row's email, user, membership, invitation, audit event and mail are written together or not at all.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, the message is too long, or the database fails; rows before the failure
/// may have gone through, and asking again repeats nothing.
pub async fn change_access(
    cx: &Cx,
    requests: &[RowRequest],
    message: &str,
) -> ServiceResult<Vec<RowOutcome>> {
    let pass = staff(cx, Right::ManageAccess)?;
    check_message(message)?;
    let mut outcomes = Vec::with_capacity(requests.len());
    for chunk in requests.chunks(CHUNK) {
        match change_together(cx, &pass, chunk, message).await {
            Ok(done) => outcomes.extend(done),
            Err(error) if is_race(&error) => {
                for request in chunk {
                    outcomes.extend(change_again(cx, &pass, request, message).await?);
                }
            }
            Err(error) => return Err(error),
        }
        cx.portico.ring();
    }
    Ok(outcomes)
}

/// What [`change_access`] would answer: the same work, taken back at the end.
///
/// It holds SQLite's one write lock meanwhile, about a second for a thousand rows.
///
/// # Permissions
/// [`Right::ManageAccess`].
///
/// # Errors
/// When the actor lacks the right, the message is too long, or the database fails.
pub async fn preview_access(
    cx: &Cx,
    requests: &[RowRequest],
    message: &str,
) -> ServiceResult<Vec<RowOutcome>> {
    let pass = staff(cx, Right::ManageAccess)?;
    check_message(message)?;
    let transaction = cx.begin().await?;
    let mut outcomes = Vec::with_capacity(requests.len());
    for chunk in requests.chunks(CHUNK) {
        outcomes.extend(change_chunk(cx, &transaction, &pass, chunk, message).await?);
    }
    transaction.rollback().await?;
    Ok(outcomes)
}

/// Refuses a message that no mail should carry.
pub(super) fn check_message(message: &str) -> ServiceResult<()> {
    if message.chars().count() > MAX_MESSAGE {
        return Err(ServiceError::field("message", format!("Use at most {MAX_MESSAGE} characters.")));
    }
    Ok(())
}

/// Somebody else granted the same login or contact in the same moment: once more shows what they did.
async fn change_again(
    cx: &Cx,
    pass: &StaffPass,
    request: &RowRequest,
    message: &str,
) -> ServiceResult<Vec<RowOutcome>> {
    let chunk = std::slice::from_ref(request);
    match change_together(cx, pass, chunk, message).await {
        Err(error) if is_race(&error) => change_together(cx, pass, chunk, message).await,
        result => result,
    }
}

fn is_race(error: &ServiceError) -> bool {
    match error {
        ServiceError::Internal { cause, .. } => {
            cause.downcast_ref::<sea_orm::DbErr>().is_some_and(ServiceError::is_unique_violation)
        }
        _ => false,
    }
}

async fn change_together(
    cx: &Cx,
    pass: &StaffPass,
    requests: &[RowRequest],
    message: &str,
) -> ServiceResult<Vec<RowOutcome>> {
    let transaction = cx.begin().await?;
    let outcomes = change_chunk(cx, &transaction, pass, requests, message).await?;
    transaction.commit().await?;
    Ok(outcomes)
}

async fn change_chunk(
    cx: &Cx,
    transaction: &Transaction,
    pass: &StaffPass,
    requests: &[RowRequest],
    message: &str,
) -> ServiceResult<Vec<RowOutcome>> {
    let contacts = load(transaction, pass, requests).await?;
    let mut done = Vec::with_capacity(requests.len());
    for request in requests {
        let result = match contacts.get(&Uuid::from(request.contact)) {
            None => {
                Done::refused("This contact was archived or removed: close the dialog and open it again.")
            }
            Some(contact) => change_one(cx, transaction, contact, request, message).await?,
        };
        done.push((request.contact, result));
    }
    outcomes(transaction, pass, requests, done).await
}

async fn change_one(
    cx: &Cx,
    transaction: &Transaction,
    contact: &contact::Model,
    request: &RowRequest,
    message: &str,
) -> ServiceResult<Done> {
    match request.change {
        RowChange::Grant => {
            grant::grant(cx, transaction, contact, &request.email, request.group, message).await
        }
        RowChange::Reinvite => grant::reinvite(cx, transaction, contact, &request.email, message).await,
        RowChange::Revoke => revoke::revoke(cx, transaction, contact).await,
        RowChange::UndoRevoke => revoke::undo_revoke(cx, transaction, contact).await,
        RowChange::Regroup => regroup::regroup(cx, transaction, contact, request.group).await,
    }
}

async fn load(
    transaction: &Transaction,
    pass: &StaffPass,
    requests: &[RowRequest],
) -> ServiceResult<HashMap<Uuid, contact::Model>> {
    let ids = requests.iter().map(|request| Uuid::from(request.contact));
    let found = pass
        .contacts()
        .filter(contact::Column::Id.is_in(ids))
        .filter(contact::Column::ArchivedAt.is_null())
        // Two who grant the same contact take turns; one order for all keeps them from waiting for each other.
        .order_by_asc(contact::Column::Id)
        .lock_exclusive()
        .all(transaction)
        .await?;
    Ok(found.into_iter().map(|contact| (contact.id, contact)).collect())
}

async fn outcomes(
    transaction: &Transaction,
    pass: &StaffPass,
    requests: &[RowRequest],
    done: Vec<(ContactId, Done)>,
) -> ServiceResult<Vec<RowOutcome>> {
    let contacts: Vec<contact::Model> = load(transaction, pass, requests).await?.into_values().collect();
    let mut rows: HashMap<ContactId, _> =
        rows_of(transaction, &contacts).await?.into_iter().map(|row| (row.contact, row)).collect();
    Ok(done
        .into_iter()
        .map(|(contact, done)| match (done, rows.remove(&contact)) {
            (Done::Changed { message, can_undo }, Some(row)) => {
                RowOutcome::Done { row, message, can_undo, is_changed: true }
            }
            (Done::Unchanged(message), Some(row)) => {
                RowOutcome::Done { row, message, can_undo: false, is_changed: false }
            }
            (Done::Changed { message: reason, .. } | Done::Unchanged(reason) | Done::Refused(reason), _) => {
                RowOutcome::Refused { contact, reason }
            }
        })
        .collect())
}

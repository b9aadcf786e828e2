use domain::{access::Right, documents::PublishOutcome, ids::DocumentId};
use entities::document;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::super::{
    stored::{as_stored, name_of},
    write::update_documents,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::staff,
    audit::{self, Event},
};

/// More than a page of the list holds.
const MOST: usize = 500;

/// Publishes documents to their customers, or withdraws them. Drafts and cancelled ones stay hidden even so, until
/// their state is another one. Those that are as they should be already are left alone.
///
/// An import leaves this decision alone for as long as its own rule comes to the same answer.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when one of them does not exist or the actor lacks the right;
/// [`ServiceError::Refused`] when they are none or too many.
pub async fn set_published(
    cx: &Cx,
    documents: &[DocumentId],
    publish: bool,
) -> ServiceResult<PublishOutcome> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let mut ids: Vec<Uuid> = documents.iter().copied().map(Uuid::from).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Err(ServiceError::refused("Tick the documents first."));
    }
    if ids.len() > MOST {
        return Err(ServiceError::refused(format!("Choose at most {MOST} documents at once.")));
    }
    let transaction = cx.begin().await?;
    let wanted = ids.len();
    let found = pass
        .documents()
        .filter(document::Column::Id.is_in(ids))
        .order_by_asc(document::Column::Id)
        .lock_exclusive()
        .all(&transaction)
        .await?;
    if found.len() != wanted {
        return Err(ServiceError::NotFound);
    }
    let mut outcome = PublishOutcome::default();
    let mut changes = Vec::new();
    for before in found {
        if before.published_at.is_some() == publish {
            continue;
        }
        let mut after = as_stored(&before)?;
        if publish && after.owner.is_none() {
            outcome.ownerless += 1;
            continue;
        }
        outcome.changed += 1;
        outcome.hidden += u64::from(publish && after.content.state.is_hidden_from_customers());
        after.published_at = publish.then(|| cx.now());
        let event = Event {
            action: if publish { "document.published" } else { "document.unpublished" },
            subject: name_of(&before),
            subject_id: Some(before.id),
            entity_id: before.entity_id,
            data: json!({}),
        };
        audit::record(cx, &transaction, event).await?;
        changes.push((before, after));
    }
    update_documents(cx, &transaction, changes).await?;
    transaction.commit().await?;
    Ok(outcome)
}

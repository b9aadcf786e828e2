use domain::{
    documents::{DocumentKind, DocumentState, check_reason},
    ids::DocumentId,
};
use entities::acceptance;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use uuid::Uuid;

use super::{
    open::{Locked, open, signer},
    tell::tell,
    to_decline,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    audit::{self, Event},
    documents::{stored::as_stored, write::update_documents},
    ids,
    mail::Happening,
};

/// Declines a quotation or a request for a signature, with the reason.
///
/// # Permissions
/// `sales.decline` or `signatures.sign`, in its scope, by a portal user who signed in.
///
/// # Errors
/// As [`super::accept_document`].
pub async fn decline_document(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    reason: &str,
) -> ServiceResult<()> {
    let permission = to_decline(kind).ok_or(ServiceError::NotFound)?;
    let open = open(cx, kind, id, permission).await?;
    let (actor, user) = signer(cx)?;
    let is_mine = |answer: &acceptance::Model| !answer.is_accepted && answer.user_id == Uuid::from(user);
    if open.answer.as_ref().is_some_and(is_mine) {
        return Ok(());
    }
    if let Some(refusal) = open.refusal(cx) {
        return Err(ServiceError::refused(refusal));
    }
    let reason = check_reason(reason)?;
    let transaction = cx.begin().await?;
    let before = match open.lock(&transaction).await? {
        Locked::Free(document) => document,
        Locked::Answered(answer) if is_mine(&answer) => return Ok(()),
        Locked::Answered(answer) => return Err(open.answered(cx, &answer)),
    };
    let signer = if actor.details.name.is_empty() { &actor.login } else { &actor.details.name };
    let row = acceptance::ActiveModel {
        id: Set(ids::mint(cx.now())),
        document_id: Set(before.id),
        terms: Set(open.terms.clone()),
        is_accepted: Set(false),
        signer: Set(signer.clone()),
        strokes: Set(String::new()),
        reason: Set(reason.clone()),
        consent: Set(String::new()),
        shown: Set(String::new()),
        signed: Set(None),
        user_id: Set(user.into()),
        contact_id: Set(actor.contact.into()),
        login: Set(actor.login.clone()),
        address: Set(cx.origin().address.clone()),
        agent: Set(cx.origin().agent.clone()),
        request_id: Set(cx.origin().request_id.clone()),
        at: Set(cx.now().millis()),
    };
    acceptance::Entity::insert(row).exec_without_returning(&transaction).await?;
    let mut after = as_stored(&before)?;
    after.content.state = DocumentState::Declined;
    let (entity, document) = (before.entity_id, before.id);
    let what = (Happening::Declined, reason.as_str());
    tell(cx, &transaction, (&before, kind), (actor, user), signer, what).await?;
    update_documents(cx, &transaction, vec![(*before, after)]).await?;
    let event = Event {
        action: "document.declined",
        subject: &open.name(),
        subject_id: Some(document),
        entity_id: entity,
        data: json!({ "reason": reason }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.mail_bell.notify_one();
    Ok(())
}

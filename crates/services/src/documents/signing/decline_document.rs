use domain::{
    documents::{DocumentKind, DocumentState, check_reason},
    ids::{DocumentId, ShareLinkId},
    webhooks::WebhookEvent,
};
use entities::acceptance;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{
    open::{Locked, Open, open, open_shared},
    signer::Signer,
    tell::tell,
    to_decline,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::shared,
    audit::{self, Event},
    documents::{messages::audience, stored::as_stored, write::update_documents},
    ids,
    mail::Happening,
    webhooks::announce,
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
    let (open, signer) = open(cx, kind, id, permission).await?;
    decline(cx, kind, &open, &signer, reason).await
}

/// The same by a share link that lets its recipient answer. The evidence names the link.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// As [`decline_document`].
pub async fn decline_shared_document(
    cx: &Cx,
    link: ShareLinkId,
    typed: &str,
    reason: &str,
) -> ServiceResult<()> {
    let pass = shared(cx, link, typed).await?;
    let (open, signer) = open_shared(&pass, to_decline(pass.kind)).await?;
    decline(&pass.cx, pass.kind, &open, &signer, reason).await
}

async fn decline(
    cx: &Cx,
    kind: DocumentKind,
    open: &Open,
    signer: &Signer,
    reason: &str,
) -> ServiceResult<()> {
    let is_mine = |answer: &acceptance::Model| !answer.is_accepted && signer.gave(answer);
    if open.answer.as_ref().is_some_and(is_mine) {
        return Ok(());
    }
    if let Some(refusal) = open.refusal(cx, signer) {
        return Err(ServiceError::refused(refusal));
    }
    let reason = check_reason(reason)?;
    let audience = audience(cx, DocumentId(open.sheet.document.id)).await?;
    let transaction = cx.begin().await?;
    let before = match open.lock(&transaction).await? {
        Locked::Free(document) => document,
        Locked::Answered(answer) if is_mine(&answer) => return Ok(()),
        Locked::Answered(answer) => return Err(open.answered(cx, signer, &answer)),
    };
    let row =
        acceptance::ActiveModel { reason: Set(reason.clone()), ..signer.row(cx, ids::mint(cx.now()), open) };
    acceptance::Entity::insert(row).exec_without_returning(&transaction).await?;
    let mut after = as_stored(&before)?;
    after.content.state = DocumentState::Declined;
    let (entity, document) = (before.entity_id, before.id);
    let what = (Happening::Declined, reason.as_str(), &audience);
    tell(cx, &transaction, (&before, kind), signer, signer.name(), what).await?;
    let event = if kind == DocumentKind::Signature {
        WebhookEvent::DocumentDeclined
    } else {
        WebhookEvent::QuotationDeclined
    };
    announce(cx, &transaction, event, (&*before).into()).await?;
    update_documents(cx, &transaction, vec![(*before, after)]).await?;
    let event = Event {
        action: "document.declined",
        subject: &open.name(),
        subject_id: Some(document),
        entity_id: entity,
        data: json!({ "reason": reason, "share_link": signer.link }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

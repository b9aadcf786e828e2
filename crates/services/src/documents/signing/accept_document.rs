use domain::{
    documents::{DocumentKind, DocumentState, SigningForm},
    ids::{DocumentId, ShareLinkId},
    webhooks::WebhookEvent,
};
use entities::acceptance;
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;

use super::{
    certificate::{Evidence, certificate, consent},
    open::{Locked, Open, open, open_shared},
    signer::Signer,
    tell::tell,
    to_accept,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::shared,
    audit::{self, Event},
    documents::{
        messages::audience,
        paper::{Role, record_file},
        stored::as_stored,
        write::update_documents,
    },
    ids,
    mail::Happening,
    webhooks::announce,
};

/// Accepts a quotation, or signs what a signature was asked for: with a name, a drawing if there is one, and the evidence.
/// The PDF that was shown gets a certificate page and is kept; the signer, staff and whoever follows the document are told. Once a version of the document, however often and by how
/// many it is pressed; whoever signed already is told so by the page.
///
/// # Permissions
/// `sales.accept` or `signatures.sign`, in its scope, by a portal user who signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document, not for this person, or nothing to sign on it;
/// [`ServiceError::Invalid`] by field; [`ServiceError::Refused`] when it was answered, is past its day, or is not the one
/// any more that was shown.
pub async fn accept_document(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    form: &SigningForm,
) -> ServiceResult<()> {
    let permission = to_accept(kind).ok_or(ServiceError::NotFound)?;
    let (open, signer) = open(cx, kind, id, permission).await?;
    accept(cx, kind, &open, &signer, form).await
}

/// The same by a share link that lets its recipient answer. The evidence names the link.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// As [`accept_document`].
pub async fn accept_shared_document(
    cx: &Cx,
    link: ShareLinkId,
    typed: &str,
    form: &SigningForm,
) -> ServiceResult<()> {
    let pass = shared(cx, link, typed).await?;
    let (open, signer) = open_shared(&pass, to_accept(pass.kind)).await?;
    accept(&pass.cx, pass.kind, &open, &signer, form).await
}

async fn accept(
    cx: &Cx,
    kind: DocumentKind,
    open: &Open,
    signer: &Signer,
    form: &SigningForm,
) -> ServiceResult<()> {
    let is_mine = |answer: &acceptance::Model| answer.is_accepted && signer.gave(answer);
    if open.answer.as_ref().is_some_and(is_mine) {
        return Ok(());
    }
    if let Some(refusal) = open.refusal(cx, signer) {
        return Err(ServiceError::refused(refusal));
    }
    let signature = form.checked()?;
    let shown = open.sheet.issue(cx, &open.terms).await?;
    if shown.sha256 != form.shown {
        return Err(open.changed());
    }
    let (key, at) = (ids::mint(cx.now()), cx.now());
    let consent = consent(open, &signer.company);
    let evidence = Evidence {
        id: key.to_string(),
        signature: &signature,
        login: &signer.login,
        company: &signer.company,
        is_link: signer.link.is_some(),
        consent: &consent,
        shown: &shown.sha256,
        at,
    };
    let mut paper = open.sheet.paper(cx);
    paper.certificate = Some(certificate(cx, open, &evidence));
    let original = open.sheet.original_of(cx, &shown).await?;
    let bytes = open.sheet.print_behind(cx, paper, original).await?;
    let size = bytes.len();
    let signed = cx.config().files.keep(bytes).await?;

    let audience = audience(cx, DocumentId(open.sheet.document.id)).await?;
    let transaction = cx.begin().await?;
    let before = match open.lock(&transaction).await? {
        Locked::Free(document) => document,
        Locked::Answered(answer) if is_mine(&answer) => return Ok(()),
        Locked::Answered(answer) => return Err(open.answered(cx, signer, &answer)),
    };
    if !open.sheet.is_issued_as(&transaction, &open.terms, &shown).await? {
        return Err(open.changed());
    }
    let (name, terms) = (open.sheet.file_name(), &open.terms);
    record_file(cx, &transaction, before.id, Role::Signed, terms, (&signed, size), &name).await?;
    let row = acceptance::ActiveModel {
        is_accepted: Set(true),
        signer: Set(signature.name.clone()),
        strokes: Set(form.strokes.trim().to_owned()),
        consent: Set(consent),
        shown: Set(shown.sha256.clone()),
        signed: Set(Some(signed.to_string())),
        ..signer.row(cx, key, open)
    };
    acceptance::Entity::insert(row).exec_without_returning(&transaction).await?;
    let mut after = as_stored(&before)?;
    after.content.state =
        if kind == DocumentKind::Signature { DocumentState::Signed } else { DocumentState::Confirmed };
    let (entity, document) = (before.entity_id, before.id);
    let what = (Happening::Accepted, "", &audience);
    tell(cx, &transaction, (&before, kind), signer, &signature.name, what).await?;
    let (action, event) = if kind == DocumentKind::Signature {
        ("document.signed", WebhookEvent::DocumentSigned)
    } else {
        ("document.accepted", WebhookEvent::QuotationAccepted)
    };
    announce(cx, &transaction, event, (&*before).into()).await?;
    update_documents(cx, &transaction, vec![(*before, after)]).await?;
    let event = Event {
        action,
        subject: &open.name(),
        subject_id: Some(document),
        entity_id: entity,
        data: json!({
            "signer": signature.name, "shown": shown.sha256, "signed": signed.as_str(), "acceptance": key, "share_link": signer.link,
        }),
    };
    audit::record(cx, &transaction, event).await?;
    transaction.commit().await?;
    cx.portico.ring();
    Ok(())
}

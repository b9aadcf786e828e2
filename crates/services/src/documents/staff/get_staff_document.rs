use domain::{
    access::Right,
    documents::{DocumentKind, DocumentPage, LinkedDocument, StaffDocumentPage},
    ids::{ContactId, DocumentId},
};
use entities::document;
use uuid::Uuid;

use super::{
    super::{
        around::{Found, look_at_conversation},
        get_document::{lines_of, totals_of},
        messages::conversation,
        read::{bill_to_of, currency_of, details_of, to_row},
        stored::name_of,
    },
    exposure::exposure_of,
};
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{StaffPass, staff},
    contacts,
};

/// A document's page for staff, of whatever kind, published or not.
///
/// # Permissions
/// [`Right::WorkOnDocuments`].
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document or the actor lacks the right.
pub async fn get_staff_document(cx: &Cx, id: DocumentId) -> ServiceResult<StaffDocumentPage> {
    let pass = staff(cx, Right::WorkOnDocuments)?;
    let found = pass.document(id).one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let row = to_row(found.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let details = details_of(found.id, found.details.clone()).ok_or_else(unreadable)?;
    // Kinds with lines have no parent and the other way round, so a page costs four statements at most.
    let (lines, parent) = match row.kind {
        DocumentKind::Task | DocumentKind::Timesheet => (Vec::new(), parent_of(cx, &pass, &found).await?),
        _ => (lines_of(cx.db().pool(), &found).await?, None),
    };
    let names = contacts::names(cx, found.contact_id.into_iter().chain(found.entity_id)).await?;
    let named = |id: Option<Uuid>| id.and_then(|id| Some((ContactId(id), names.get(&id)?.clone())));
    let Found { messages, follows, viewer, .. } = look_at_conversation(cx, &found).await?;
    let me = cx.actor().as_staff();
    let conversation = conversation(cx, messages, me.is_some(), me.map(|_| follows));
    Ok(StaffDocumentPage {
        contact: named(found.contact_id),
        entity: named(found.entity_id.filter(|entity| found.contact_id != Some(*entity))),
        exposure: exposure_of(cx, &found, viewer),
        version: found.version,
        currency: currency_of(found.currency.as_deref()),
        external_id: found.external_id.clone(),
        page: DocumentPage {
            transfer: None,
            bill_to: bill_to_of(found.bill_to.clone()),
            totals: totals_of(&found),
            row,
            details,
            lines,
            parent,
            actions: Vec::new(),
            answered: None,
            around: Default::default(),
            history: Vec::new(),
            conversation: Some(conversation),
        },
    })
}

/// The project or task above.
async fn parent_of(
    cx: &Cx,
    pass: &StaffPass,
    document: &document::Model,
) -> ServiceResult<Option<LinkedDocument>> {
    let Some(parent) = document.parent_id else { return Ok(None) };
    let found = pass.document(DocumentId(parent)).one(cx.db().pool()).await?;
    Ok(found.and_then(|found| {
        Some(LinkedDocument {
            id: DocumentId(found.id),
            kind: DocumentKind::parse(&found.kind)?,
            name: name_of(&found).to_owned(),
            note: String::new(),
        })
    }))
}

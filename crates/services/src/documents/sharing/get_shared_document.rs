use domain::{
    documents::{Answered, Conversation, DocumentAction, DocumentPage, MAX_SHOWN, SharedDocument},
    ids::ShareLinkId,
};
use entities::message;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::views::note_opening;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{SharePass, shared},
    documents::{
        get_document::{lines_of, totals_of},
        messages::{Found, conversation},
        paper::{self, terms_hash},
        read::{bill_to_of, details_of, to_row},
        signing,
    },
    payments::is_payable,
};

/// A document as whoever has a link to it sees it. The link is counted as opened, by a worker.
///
/// # Permissions
/// Whoever has the link.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link does not work, whatever the reason.
pub async fn get_shared_document(cx: &Cx, id: ShareLinkId, typed: &str) -> ServiceResult<SharedDocument> {
    let pass = shared(cx, id, typed).await?;
    note_opening(cx, pass.link.id);
    Ok(SharedDocument { link: id, page: shared_page(&pass).await? })
}

/// The document alone: without neighbours, without what it is linked to, without the names of those of the customer's who
/// answered it, and of what was written on it only that which was written by the same link.
pub(in crate::documents) async fn shared_page(pass: &SharePass) -> ServiceResult<DocumentPage> {
    let (cx, document) = (&pass.cx, &pass.document);
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {} cannot be read", document.id));
    let mut row = to_row(document.clone().into(), cx.today()).ok_or_else(unreadable)?;
    row.contact = None;
    let details = details_of(document.id, document.details.clone()).ok_or_else(unreadable)?.for_customer();
    let lines = lines_of(cx.db().pool(), document).await?;
    let answer = match signing::to_accept(pass.kind) {
        Some(_) => {
            signing::answer_to(cx.db().pool(), document.id, &terms_hash(document, &details, &lines)?).await?
        }
        None => None,
    };
    let is_open = pass.link.may_sign && answer.is_none() && signing::is_open(cx, &row, &details);
    let offers = [
        (DocumentAction::Pay, pass.link.may_pay && is_payable(cx, document)),
        (DocumentAction::Sign, is_open && signing::to_accept(pass.kind).is_some()),
        (DocumentAction::Decline, is_open && signing::to_decline(pass.kind).is_some()),
        (DocumentAction::Download, paper::needed(pass.kind).is_some()),
    ];
    let answered = answer.map(|answer| {
        let answer = signing::without_names(answer, pass.link.id);
        let terms = answer.terms.clone();
        signing::answered(cx, answer, &terms)
    });
    Ok(DocumentPage {
        transfer: None,
        bill_to: bill_to_of(document.bill_to.clone()),
        totals: totals_of(document),
        row,
        details,
        lines,
        parent: None,
        actions: offers.into_iter().filter(|(_, is_offered)| *is_offered).map(|(action, _)| action).collect(),
        answered: answered.filter(|answered: &Answered| !answered.is_void),
        around: Default::default(),
        history: Vec::new(),
        conversation: own_messages(pass).await?,
    })
}

async fn own_messages(pass: &SharePass) -> ServiceResult<Option<Conversation>> {
    if !pass.link.may_comment {
        return Ok(None);
    }
    let newest = message::Entity::find()
        .filter(message::Column::ShareLinkId.eq(pass.link.id))
        .order_by_desc(message::Column::CreatedAt)
        .order_by_desc(message::Column::Id)
        .limit(u64::try_from(MAX_SHOWN).unwrap_or(u64::MAX).saturating_add(1));
    let found = newest.all(pass.cx.db().pool()).await?;
    Ok(Some(conversation(&pass.cx, found.into_iter().map(Found::from).collect(), true, None)))
}

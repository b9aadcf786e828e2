use domain::{
    Instant,
    access::Permission,
    documents::{Answered, DocumentDetails, DocumentKind, DocumentRow, DocumentState},
    ids::DocumentId,
    instant::display_date,
};
use entities::{acceptance, document};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;
use uuid::Uuid;

use super::signer::Signer;
use crate::{
    Cx, ServiceError, ServiceResult, Transaction,
    access::{SharePass, portal_scope},
    documents::{
        get_document::lines_of,
        paper::{Sheet, terms_hash},
        read::details_of,
    },
};

/// A document that somebody may answer, and how it was answered before.
#[derive(Debug)]
pub(super) struct Open {
    pub sheet: Sheet,
    pub terms: String,
    pub answer: Option<acceptance::Model>,
}

/// Reads a document that whoever asks may see and answer, and who that is. In the portal answering needs a login of
/// one's own: a customer's secure link that was passed on proves nobody.
pub(super) async fn open(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    permission: Permission,
) -> ServiceResult<(Open, Signer)> {
    let (seen, answered) = (portal_scope(cx, kind.view())?, portal_scope(cx, permission)?);
    let signer = Signer::of_portal(cx)?;
    let mut query = seen.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    if answered != seen {
        query = query.filter(answered.condition(kind));
    }
    let found = query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?;
    Ok((read(cx, found).await?, signer))
}

/// The same by a share link that says so.
pub(super) async fn open_shared(
    pass: &SharePass,
    permission: Option<Permission>,
) -> ServiceResult<(Open, Signer)> {
    permission.filter(|_| pass.link.may_sign).ok_or(ServiceError::NotFound)?;
    Ok((read(&pass.cx, pass.document.clone()).await?, Signer::of_link(pass)))
}

async fn read(cx: &Cx, document: document::Model) -> ServiceResult<Open> {
    let sheet = Sheet::read(cx, cx.db().pool(), document).await?;
    let terms = terms_hash(&sheet.document, &sheet.details, &sheet.lines)?;
    let answer = answer_to(cx.db().pool(), sheet.document.id, &terms).await?;
    Ok(Open { sheet, terms, answer })
}

/// How a version of a document was answered.
pub(in crate::documents) async fn answer_to(
    connection: &impl ConnectionTrait,
    document: Uuid,
    terms: &str,
) -> ServiceResult<Option<acceptance::Model>> {
    let found = acceptance::Entity::find()
        .filter(acceptance::Column::DocumentId.eq(document))
        .filter(acceptance::Column::Terms.eq(terms))
        .order_by_desc(acceptance::Column::At);
    Ok(found.one(connection).await?)
}

/// A document that is about to be answered, kept from others until the transaction ends.
pub(super) enum Locked {
    /// It is as it was read, and nobody answered it.
    Free(Box<document::Model>),
    /// Somebody was faster.
    Answered(Box<acceptance::Model>),
}

impl Open {
    /// Locks the document. Of many who answer at once, each comes to see what the one before did.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] when it says something else by now, or waits for no answer any more.
    pub(super) async fn lock(&self, transaction: &Transaction) -> ServiceResult<Locked> {
        let found = document::Entity::find_by_id(self.sheet.document.id)
            .lock_exclusive()
            .one(transaction)
            .await?
            .ok_or(ServiceError::NotFound)?;
        if let Some(answer) = answer_to(transaction, found.id, &self.terms).await? {
            return Ok(Locked::Answered(Box::new(answer)));
        }
        let details = details_of(found.id, found.details.clone()).map(DocumentDetails::for_customer);
        let lines = lines_of(transaction, &found).await?;
        let terms = details.map(|details| terms_hash(&found, &details, &lines)).transpose()?;
        if terms.as_ref() != Some(&self.terms) || found.state != self.sheet.document.state {
            return Err(self.changed());
        }
        Ok(Locked::Free(Box::new(found)))
    }

    /// Told to whoever answers what is not there any more.
    pub(super) fn changed(&self) -> ServiceError {
        ServiceError::refused(format!(
            "{} was changed since you opened this page. Read it again before you answer.",
            self.name()
        ))
    }

    /// Why an answer of somebody else leaves nothing to answer.
    pub(super) fn answered(&self, cx: &Cx, signer: &Signer, answer: &acceptance::Model) -> ServiceError {
        let answer = signer.may_know(answer);
        let told = refusal(cx, &self.sheet.row, &self.sheet.details, Some(&answer));
        ServiceError::refused(told.unwrap_or_default())
    }

    /// Why it cannot be answered, in words for whoever tries.
    pub(super) fn refusal(&self, cx: &Cx, signer: &Signer) -> Option<String> {
        let answer = self.answer.as_ref().map(|answer| signer.may_know(answer));
        refusal(cx, &self.sheet.row, &self.sheet.details, answer.as_ref())
    }

    /// What it is called in a sentence: `Quotation S00023`.
    pub(super) fn name(&self) -> String {
        name(&self.sheet.row)
    }
}

/// `Quotation S00023`, or the title alone of what has no number.
fn name(row: &DocumentRow) -> String {
    match (row.number.trim(), row.title.trim()) {
        ("", "") => row.noun.clone(),
        ("", title) => title.to_owned(),
        (number, _) => format!("{} {number}", row.noun),
    }
}

/// The last day on which it can be answered.
fn last_day(row: &DocumentRow, details: &DocumentDetails) -> Option<Date> {
    match details {
        DocumentDetails::Sale { valid_until, .. } => valid_until.or(row.due),
        _ => row.due,
    }
}

/// Whether a document waits for an answer.
pub(in crate::documents) fn is_open(cx: &Cx, row: &DocumentRow, details: &DocumentDetails) -> bool {
    row.state == DocumentState::Sent && last_day(row, details).is_none_or(|last| last >= cx.today())
}

/// Why a document cannot be answered; nothing while it can.
fn refusal(
    cx: &Cx,
    row: &DocumentRow,
    details: &DocumentDetails,
    answer: Option<&acceptance::Model>,
) -> Option<String> {
    let name = name(row);
    if let Some(answer) = answer {
        let did = if answer.is_accepted { "accepted" } else { "declined" };
        let when = cx.settings().zone.display(Instant::from_millis(answer.at));
        return Some(format!("{name} was {did} by {} on {when}.", answer.signer));
    }
    if row.state != DocumentState::Sent {
        return Some(format!("{name} does not wait for an answer any more."));
    }
    let last = last_day(row, details).filter(|last| *last < cx.today())?;
    Some(format!("{name} could be accepted until {}. Ask for a new one.", display_date(last)))
}

/// An answer as the document's page tells it.
pub(in crate::documents) fn answered(cx: &Cx, answer: acceptance::Model, terms: &str) -> Answered {
    Answered {
        is_accepted: answer.is_accepted,
        at: cx.settings().zone.display(Instant::from_millis(answer.at)),
        is_void: answer.terms != terms,
        name: answer.signer,
        reason: answer.reason,
    }
}

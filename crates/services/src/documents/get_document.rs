use domain::{
    Currency, Money,
    access::Permission,
    documents::{
        DocumentAction, DocumentFilter, DocumentKind, DocumentLine, DocumentPage, DocumentState, Totals,
    },
    ids::DocumentId,
};
use entities::{acceptance, document, document_line};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    around::{Found, look_around},
    first_views::note_view,
    history::history,
    may::may,
    messages::conversation,
    paper::{self, terms_hash},
    read::{bill_to_of, currency_of, details_of, to_row},
    signing,
    transfer::transfer,
};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope, payments};

/// Answers that a document's history tells; each belongs to a version.
const MOST_ANSWERS: u64 = 50;

/// A document's page, with its neighbours in the usual list. Two statements.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such document of this kind, or not for this person: the two
/// are one answer.
pub async fn get_document(cx: &Cx, kind: DocumentKind, id: DocumentId) -> ServiceResult<DocumentPage> {
    get_document_in(cx, kind, id, &DocumentFilter::default()).await
}

/// [`get_document`] with the neighbours that it has in a list.
///
/// # Permissions
/// As [`get_document`].
///
/// # Errors
/// As [`get_document`].
pub async fn get_document_in(
    cx: &Cx,
    kind: DocumentKind,
    id: DocumentId,
    list: &DocumentFilter,
) -> ServiceResult<DocumentPage> {
    let scope = portal_scope(cx, kind.view())?;
    let query = scope.documents(kind).filter(document::Column::Id.eq(Uuid::from(id)));
    let (found, answers) = match signing::to_accept(kind) {
        // The answers come with the document, so that the page costs no statement more.
        Some(_) => {
            let newest = query
                .find_also_related(acceptance::Entity)
                .order_by_desc(acceptance::Column::At)
                .limit(MOST_ANSWERS)
                .all(cx.db().pool())
                .await?;
            let mut documents = Vec::new();
            let mut answers = Vec::new();
            for (document, answer) in newest {
                documents.push(document);
                answers.extend(answer);
            }
            (documents.into_iter().next().ok_or(ServiceError::NotFound)?, answers)
        }
        None => (query.one(cx.db().pool()).await?.ok_or(ServiceError::NotFound)?, Vec::new()),
    };
    note_view(cx, &found);
    let unreadable = || ServiceError::internal(anyhow::anyhow!("document {id} cannot be read"));
    let row = to_row(found.clone().into(), cx.today()).ok_or_else(unreadable)?;
    let details = details_of(found.id, found.details.clone()).ok_or_else(unreadable)?.for_customer();
    let currency = currency_of(found.currency.as_deref());
    let Found { lines, parent, around, messages, follows, payments: paid, .. } =
        look_around(cx, &scope, &found, &details, currency, list).await?;
    let terms = if answers.is_empty() { String::new() } else { terms_hash(&found, &details, &lines)? };
    let answers: Vec<_> =
        answers.into_iter().map(|answer| (answer.at, signing::answered(cx, answer, &terms))).collect();
    let history = history(cx, &found, &answers, &paid);
    let answered = answers.into_iter().next().map(|(_, answered)| answered);
    let is_answered = answered.as_ref().is_some_and(|answered| !answered.is_void);
    let is_open = !is_answered && signing::is_open(cx, &row, &details);
    let reader = cx.actor().as_portal().filter(|actor| !actor.is_view_as()).and_then(|actor| actor.user);
    let may_post = reader.is_some() && may(cx, kind, kind.write_message(), &found).await?;
    let totals = totals_of(&found);
    let is_invoiced = around.linked.iter().any(|linked| linked.kind == DocumentKind::Invoice);
    let transfer = transfer(cx, &found, &row, &details, totals).await?;
    Ok(DocumentPage {
        conversation: Some(conversation(cx, messages, may_post, reader.map(|_| follows))),
        bill_to: bill_to_of(found.bill_to.clone()),
        totals,
        transfer,
        row,
        details,
        lines,
        parent,
        around,
        actions: actions(cx, kind, &found, is_open, is_invoiced).await?,
        answered,
        history,
    })
}

async fn actions(
    cx: &Cx,
    kind: DocumentKind,
    document: &document::Model,
    is_open: bool,
    is_invoiced: bool,
) -> ServiceResult<Vec<DocumentAction>> {
    // Who came by a link that was passed on answers nothing.
    let is_open = is_open && cx.actor().as_portal().is_some_and(|actor| actor.user.is_some());
    let is_closed = document.state == DocumentState::Closed.code();
    let has_login = cx.actor().as_portal().is_some_and(|actor| actor.user.is_some() && !actor.is_view_as());
    let reply = (kind == DocumentKind::Ticket && has_login).then_some(Permission::TicketsReply);
    let to_pay = match kind {
        DocumentKind::Invoice => Some(Permission::InvoicesPay),
        // An order that was invoiced is paid by its invoices.
        DocumentKind::Sale if !is_invoiced => Some(Permission::SalesPay),
        _ => None,
    };
    let is_over = document.state == DocumentState::Ended.code();
    let manage =
        |permission| (kind == DocumentKind::Subscription && has_login && !is_over).then_some(permission);
    let has_cards = cx.portico.card_provider().is_some() && has_login;
    let automatic =
        (kind == DocumentKind::Invoice && has_cards && document.attention.as_deref() == Some("pay"))
            .then_some(Permission::InvoicesPay)
            .filter(|_| {
                cx.actor()
                    .as_portal()
                    .is_some_and(|actor| actor.permissions.scope_of(Permission::MethodsView).is_some())
            });
    let offers = [
        (DocumentAction::Pay, to_pay.filter(|_| payments::is_payable(cx, document))),
        (DocumentAction::Sign, signing::to_accept(kind).filter(|_| is_open)),
        (DocumentAction::Decline, signing::to_decline(kind).filter(|_| is_open)),
        (DocumentAction::Close, reply.filter(|_| !is_closed)),
        (DocumentAction::Reopen, reply.filter(|_| is_closed)),
        (DocumentAction::Manage, manage(Permission::SubscriptionsChange)),
        (DocumentAction::Manage, manage(Permission::SubscriptionsCancel)),
        (DocumentAction::Automatic, automatic),
        (DocumentAction::Share, Some(Permission::MembersInvite).filter(|_| has_login)),
        (DocumentAction::Download, paper::needed(kind)),
    ];
    let mut actions = Vec::new();
    for (action, needed) in offers {
        if let Some(needed) = needed
            && !actions.contains(&action)
            && may(cx, kind, needed, document).await?
        {
            actions.push(action);
        }
    }
    Ok(actions)
}

pub(super) fn totals_of(document: &document::Model) -> Option<Totals> {
    let currency = currency_of(document.currency.as_deref())?;
    let money = |minor: Option<i64>| Some(Money::new(minor?, currency));
    let total = money(document.total)?;
    let zero = Money::new(0, currency);
    Some(Totals {
        untaxed: money(document.untaxed).unwrap_or(total),
        tax: money(document.tax).unwrap_or(zero),
        total,
        open: money(document.residual).unwrap_or(zero),
    })
}

pub(super) async fn lines_of(
    connection: &impl ConnectionTrait,
    document: &document::Model,
) -> ServiceResult<Vec<DocumentLine>> {
    let Some(currency) = currency_of(document.currency.as_deref()) else { return Ok(Vec::new()) };
    let lines = document_line::Entity::find()
        .filter(document_line::Column::DocumentId.eq(document.id))
        .order_by_asc(document_line::Column::Position)
        .all(connection)
        .await?;
    Ok(lines.into_iter().map(|line| to_line(line, currency)).collect())
}

pub(super) fn to_line(line: document_line::Model, currency: Currency) -> DocumentLine {
    DocumentLine {
        description: line.description,
        quantity: line.quantity,
        unit_price: Money::new(line.unit_price, currency),
        discount: line.discount,
        subtotal: Money::new(line.subtotal, currency),
    }
}

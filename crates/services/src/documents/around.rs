//! What a document's page shows besides the document itself, in one statement: its lines, its neighbours in the list
//! that was open, and the documents that it is linked with.

use domain::{
    Currency,
    documents::{
        Around, DocumentDetails, DocumentFilter, DocumentKind, DocumentLine, DocumentRequest, DocumentState,
        LinkedDocument, display_minutes,
    },
    ids::DocumentId,
    payments::Means,
};
use entities::{
    document::{self, Column},
    document_line, document_origin, payment, payment_allocation, user,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    get_document::to_line,
    list_documents::matching,
    messages::{self, Reader, follow_part, message_part},
    origins,
    read::details_of,
    search_plan::SearchPlan,
    sorting::Sorting,
};
use crate::{
    Cx, ServiceResult,
    access::{Scope, portal_scope_if_any},
    page::Seek,
};

/// Linked documents of one sort that are shown.
const MOST: u64 = 50;

/// All of it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) lines: Vec<DocumentLine>,
    pub(super) parent: Option<LinkedDocument>,
    pub(super) around: Around,
    pub(super) messages: Vec<messages::Found>,
    pub(super) follows: bool,
    /// What was paid on it here.
    pub(super) payments: Vec<Paid>,
    /// The name of whoever of the customer's opened it first; asked for by staff only.
    pub(super) viewer: Option<String>,
}

/// What was paid on a document by a payment, less what went back.
pub(super) struct Paid {
    /// In minor units of its currency.
    pub(super) amount: i64,
    pub(super) means: Option<Means>,
    pub(super) number: String,
    pub(super) at: i64,
}

/// A row of any part; what a part does not have is missing.
#[derive(FromQueryResult)]
struct Row {
    what: String,
    id: Uuid,
    kind: Option<String>,
    number: Option<String>,
    title: Option<String>,
    state: Option<String>,
    details: Option<Json>,
    position: Option<i32>,
    quantity: Option<i64>,
    unit_price: Option<i64>,
    discount: Option<i64>,
    subtotal: Option<i64>,
}

/// Looks up what is around a document that the reader may see; `list` is the list that it was opened from.
pub(super) async fn look_around(
    cx: &Cx,
    scope: &Scope,
    document: &document::Model,
    details: &DocumentDetails,
    currency: Option<Currency>,
    list: &DocumentFilter,
) -> ServiceResult<Found> {
    let Some(kind) = DocumentKind::parse(&document.kind) else { return Ok(Found::default()) };
    let mut parts = neighbours(cx, scope, kind, document, list);
    parts.push(message_part(document.id, Reader::Customer));
    parts.extend(
        cx.actor().as_portal().and_then(|actor| actor.user).map(|user| follow_part(document.id, user.into())),
    );
    parts.extend(currency.map(|_| lines(document.id)));
    if matches!(kind, DocumentKind::Invoice | DocumentKind::Sale) {
        parts.push(payments(document.id));
    }
    parts.extend(linked(cx, kind, document, details)?);
    read(cx, parts, document.id, currency).await
}

/// What was written on a document, for staff, notes included; whether the reader follows it; and the name of whoever of the
/// customer's opened it first. One statement.
pub(super) async fn look_at_conversation(cx: &Cx, document: &document::Model) -> ServiceResult<Found> {
    let mut parts = vec![message_part(document.id, Reader::Staff)];
    parts.extend(cx.actor().as_staff().map(|actor| follow_part(document.id, actor.user.into())));
    parts.extend(document.first_viewed_by.map(viewer));
    read(cx, parts, document.id, None).await
}

async fn read(
    cx: &Cx,
    parts: Vec<SelectStatement>,
    document: Uuid,
    currency: Option<Currency>,
) -> ServiceResult<Found> {
    let mut parts = parts.into_iter();
    let Some(mut all) = parts.next() else { return Ok(Found::default()) };
    for part in parts {
        all.union(UnionType::All, part);
    }
    let backend = cx.db().backend();
    let mut rows = Row::find_by_statement(backend.build(&all)).all(cx.db().pool()).await?;
    rows.sort_by_key(|row| row.position);
    let mut found = Found::default();
    for row in rows {
        let id = DocumentId(row.id);
        match row.what.as_str() {
            "previous" => found.around.previous = Some(id),
            "next" => found.around.next = Some(id),
            "progress" => {
                found.around.progress = row.quantity.zip(row.unit_price).filter(|(_, all)| *all > 0);
            }
            "line" => found.lines.extend(currency.map(|currency| to_line(row.into_line(document), currency))),
            "parent" => found.parent = row.into_linked(),
            "follow" => found.follows = true,
            "viewer" => found.viewer = row.title,
            "payment" => found.payments.push(row.into_paid()),
            "message" => found.messages.push(row.into_message()),
            _ => found.around.linked.extend(row.into_linked()),
        }
    }
    Ok(found)
}

/// The documents before and after it in its list.
fn neighbours(
    cx: &Cx,
    scope: &Scope,
    kind: DocumentKind,
    document: &document::Model,
    list: &DocumentFilter,
) -> Vec<SelectStatement> {
    let request = DocumentRequest { kind, filter: list.clone(), page: Default::default() };
    let sorting = Sorting::of(kind, list);
    let cursor = sorting.cursor(document);
    let plan = SearchPlan::of(&list.search);
    [("previous", Seek::Backward), ("next", Seek::Forward)]
        .map(|(what, way)| {
            // Read along the list: how rare its search is, is not known here.
            let query = matching(cx, scope, &request, plan.as_ref(), false);
            documents(what, sorting.apply(query, way, Some(&cursor)).limit(1))
        })
        .into()
}

/// Parents, children, and what came of it or it came from; each behind the gate of its own kind.
fn linked(
    cx: &Cx,
    kind: DocumentKind,
    document: &document::Model,
    details: &DocumentDetails,
) -> ServiceResult<Vec<SelectStatement>> {
    let mut parts = Vec::new();
    if let Some(parent) = document.parent_id
        && let Some(seen) = seen(cx, &[DocumentKind::Project, DocumentKind::Task])?
    {
        parts.push(documents("parent", seen.filter(Column::Id.eq(parent)).limit(1)));
    }
    let child = match kind {
        DocumentKind::Project => Some(DocumentKind::Task),
        DocumentKind::Task => Some(DocumentKind::Timesheet),
        _ => None,
    };
    if let Some(child) = child
        && let Some(seen) = seen(cx, &[child])?
    {
        let children = seen.filter(Column::ParentId.eq(document.id));
        if child == DocumentKind::Task {
            parts.push(progress(children.clone()));
        }
        let newest = children.order_by_desc(Column::SortedOn).order_by_desc(Column::Id).limit(MOST);
        parts.push(documents("linked", newest));
    }
    let origins = origins::numbers(details);
    if !origins.is_empty()
        && let Some(seen) = seen(cx, &[DocumentKind::Sale, DocumentKind::Purchase])?
    {
        parts.push(documents("linked", seen.filter(Column::Number.is_in(origins)).limit(MOST)));
    }
    if matches!(kind, DocumentKind::Sale | DocumentKind::Purchase)
        && !document.number.is_empty()
        && let Some(seen) = seen(cx, &[DocumentKind::Invoice])?
    {
        let from_it = document_origin::Entity::find()
            .select_only()
            .column(document_origin::Column::DocumentId)
            .filter(document_origin::Column::Number.eq(&document.number))
            .into_query();
        let of_same = seen.filter(Column::EntityId.eq(document.entity_id));
        parts.push(documents("linked", of_same.filter(Column::Id.in_subquery(from_it)).limit(MOST)));
    }
    Ok(parts)
}

/// The documents of some kinds that the reader may see, if any.
fn seen(cx: &Cx, kinds: &[DocumentKind]) -> ServiceResult<Option<Select<document::Entity>>> {
    let mut any = Condition::any();
    for kind in kinds {
        if let Some(scope) = portal_scope_if_any(cx, kind.view())? {
            any = any.add(scope.condition(*kind));
        }
    }
    Ok((!any.is_empty()).then(|| document::Entity::find().filter(any)))
}

/// A part of documents.
fn documents(what: &'static str, query: Select<document::Entity>) -> SelectStatement {
    let columns = [Column::Id, Column::Kind, Column::Number, Column::Title, Column::State, Column::Details];
    let from = query.select_only().columns(columns).into_query();
    let mut part = begin(what);
    for column in ["id", "kind", "number", "title", "state", "details"] {
        part.column(column);
    }
    part.expr_as(missing("integer"), "position");
    for column in ["quantity", "unit_price", "discount", "subtotal"] {
        part.expr_as(missing("bigint"), column);
    }
    part.from_subquery(from, "part").take()
}

/// The part of the lines.
fn lines(document: Uuid) -> SelectStatement {
    let from =
        document_line::Entity::find().filter(document_line::Column::DocumentId.eq(document)).into_query();
    let mut part = without_document(begin("line"), "id", "description");
    for column in ["position", "quantity", "unit_price", "discount", "subtotal"] {
        part.column(column);
    }
    part.from_subquery(from, "part").take()
}

/// What was paid on it.
fn payments(document: Uuid) -> SelectStatement {
    use payment_allocation::Column::{Applied, DocumentId, PaymentId};
    let of = |column: payment::Column| Expr::col((payment::Entity, column));
    let from = Query::select()
        .expr_as(of(payment::Column::Id), "id")
        .expr_as(of(payment::Column::Number), "number")
        .expr_as(of(payment::Column::Means), "title")
        .expr_as(Expr::col((payment_allocation::Entity, Applied)), "quantity")
        .expr_as(of(payment::Column::SettledAt), "unit_price")
        .from(payment_allocation::Entity)
        .inner_join(payment::Entity, of(payment::Column::Id).equals((payment_allocation::Entity, PaymentId)))
        .and_where(Expr::col((payment_allocation::Entity, DocumentId)).eq(document))
        .and_where(Expr::col((payment_allocation::Entity, Applied)).gt(0))
        .limit(MOST)
        .take();
    let mut part = begin("payment");
    part.column("id").expr_as(missing("text"), "kind").column("number").column("title");
    part.expr_as(missing("text"), "state").expr_as(missing("json"), "details");
    part.expr_as(missing("integer"), "position").column("quantity").column("unit_price");
    part.expr_as(missing("bigint"), "discount").expr_as(missing("bigint"), "subtotal");
    part.from_subquery(from, "part").take()
}

/// What a user is called.
fn viewer(user: Uuid) -> SelectStatement {
    let from = user::Entity::find_by_id(user).into_query();
    let name = "CASE WHEN name = '' THEN login ELSE name END";
    let mut part = without_document(begin("viewer"), "id", name);
    part.expr_as(missing("integer"), "position");
    for column in ["quantity", "unit_price", "discount", "subtotal"] {
        part.expr_as(missing("bigint"), column);
    }
    part.from_subquery(from, "part").take()
}

/// How many tasks are done, and how many there are.
fn progress(tasks: Select<document::Entity>) -> SelectStatement {
    let done = format!(
        "CAST(COALESCE(SUM(CASE WHEN \"document\".\"state\" = '{}' THEN 1 ELSE 0 END), 0) AS bigint)",
        DocumentState::Done.code()
    );
    let from = tasks
        .select_only()
        .column_as(Expr::cust(done), "done")
        .column_as(Expr::cust("CAST(COUNT(*) AS bigint)"), "counted")
        .into_query();
    let mut part = begin("progress");
    part.expr_as(Expr::value(Uuid::nil()), "id");
    let mut part = without_document_fields(part, missing("text"));
    part.expr_as(missing("integer"), "position");
    part.expr_as(Expr::cust("done"), "quantity").expr_as(Expr::cust("counted"), "unit_price");
    part.expr_as(missing("bigint"), "discount").expr_as(missing("bigint"), "subtotal");
    part.from_subquery(from, "part").take()
}

/// The beginning of a part: what it is.
pub(super) fn begin(what: &'static str) -> SelectStatement {
    Query::select().expr_as(Expr::cust(format!("CAST('{what}' AS text)")), "what").take()
}

fn without_document(mut part: SelectStatement, id: &'static str, title: &'static str) -> SelectStatement {
    part.column(id);
    without_document_fields(part, Expr::cust(title))
}

fn without_document_fields(mut part: SelectStatement, title: Expr) -> SelectStatement {
    part.expr_as(missing("text"), "kind").expr_as(missing("text"), "number").expr_as(title, "title");
    part.expr_as(missing("text"), "state").expr_as(missing("json"), "details").take()
}

/// A column that a part does not have.
pub(super) fn missing(of: &str) -> Expr {
    Expr::cust(format!("CAST(NULL AS {of})"))
}

impl Row {
    fn into_line(self, document: Uuid) -> document_line::Model {
        document_line::Model {
            id: self.id,
            document_id: document,
            position: self.position.unwrap_or_default(),
            description: self.title.unwrap_or_default(),
            quantity: self.quantity.unwrap_or_default(),
            unit_price: self.unit_price.unwrap_or_default(),
            discount: self.discount.unwrap_or_default(),
            subtotal: self.subtotal.unwrap_or_default(),
        }
    }

    fn into_paid(self) -> Paid {
        Paid {
            amount: self.quantity.unwrap_or_default(),
            means: self.title.as_deref().and_then(Means::parse),
            number: self.number.unwrap_or_default(),
            at: self.unit_price.unwrap_or_default(),
        }
    }

    fn into_message(self) -> messages::Found {
        messages::Found {
            id: self.id,
            by: self.kind.unwrap_or_default(),
            author: self.number.unwrap_or_default(),
            text: self.title.unwrap_or_default(),
            files: self.details.unwrap_or_default(),
            at: self.quantity.unwrap_or_default(),
        }
    }

    fn into_linked(self) -> Option<LinkedDocument> {
        let kind = DocumentKind::parse(self.kind.as_deref()?)?;
        let state = DocumentState::parse(self.state.as_deref()?)?;
        let details = details_of(self.id, self.details?)?;
        let note = match &details {
            DocumentDetails::Timesheet { minutes, employee } => {
                [display_minutes(*minutes), employee.clone()].join(" · ").trim_end_matches(" · ").to_owned()
            }
            _ => state.label(kind).to_owned(),
        };
        let number = self.number.filter(|number| !number.is_empty());
        let name = number.or(self.title).filter(|name| !name.trim().is_empty());
        let name = name.unwrap_or_else(|| details.noun_in(state).to_owned());
        Some(LinkedDocument { id: DocumentId(self.id), kind, name, note })
    }
}

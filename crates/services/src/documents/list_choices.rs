//! What a list has to know before it is read: how many documents there are, what to narrow them down to, and how
//! rare is what is searched for. One statement.

use domain::{
    documents::DocumentKind,
    ids::{ContactId, DocumentId},
};
use entities::{contact, document, document_counter};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait,
    sea_query::{Expr, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::search_plan::SearchPlan;
use crate::{
    Cx, ServiceResult,
    access::{Scope, portal_scope_if_any},
    trigrams::FEW,
};

/// No select offers more.
const MOST: u64 = 200;

/// What a list is to know.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// Documents of the kind, whatever the filter.
    pub(super) count: i64,
    /// Whose they are.
    pub(super) people: Vec<(ContactId, String)>,
    /// Projects of tasks and time.
    pub(super) projects: Vec<(DocumentId, String)>,
    /// Whether SQLite's index is to find what is searched for.
    pub(super) is_rare: bool,
}

#[derive(FromQueryResult)]
struct Row {
    what: String,
    id: Option<Uuid>,
    name: String,
    number: i64,
}

/// Looks all of it up.
pub(super) async fn choices(
    cx: &Cx,
    scope: &Scope,
    kind: DocumentKind,
    search: Option<&SearchPlan>,
) -> ServiceResult<Choices> {
    let mut all = part("count", &missing_id(), "''", sum(scope, kind), "counted");
    if scope.reaches_company() {
        all.union(UnionType::All, part("person", "id", "name", people(scope, kind), "people"));
    }
    if matches!(kind, DocumentKind::Task | DocumentKind::Timesheet)
        && let Some(scope) = portal_scope_if_any(cx, DocumentKind::Project.view())?
    {
        all.union(UnionType::All, part("project", "id", "name", projects(&scope), "projects"));
    }
    if !cx.db().is_postgres()
        && let Some(count) = search.and_then(SearchPlan::count)
    {
        let rare = Query::select()
            .expr_as(Expr::cust("'found'"), "what")
            .expr_as(Expr::cust(missing_id()), "id")
            .expr_as(Expr::cust("''"), "name")
            .expr_as(Expr::from(count), "number")
            .take();
        all.union(UnionType::All, rare);
    }
    let backend = cx.db().backend();
    let rows = Row::find_by_statement(backend.build(&all)).all(cx.db().pool()).await?;
    let mut choices = Choices::default();
    for row in rows {
        match (row.what.as_str(), row.id) {
            ("count", _) => choices.count = row.number,
            ("found", _) => choices.is_rare = row.number <= FEW,
            ("person", Some(id)) => choices.people.push((ContactId(id), row.name)),
            ("project", Some(id)) => choices.projects.push((DocumentId(id), row.name)),
            _ => {}
        }
    }
    choices.people.sort_by_key(|(_, name)| name.to_lowercase());
    choices.projects.sort_by_key(|(_, name)| name.to_lowercase());
    Ok(choices)
}

fn missing_id() -> String {
    "CAST(NULL AS uuid)".to_owned()
}

/// A part of the statement: every part has the same columns, and those with a limit have to stand in brackets.
fn part(
    what: &'static str,
    id: &str,
    name: &'static str,
    from: SelectStatement,
    alias: &'static str,
) -> SelectStatement {
    Query::select()
        .expr_as(Expr::cust(format!("'{what}'")), "what")
        .expr_as(Expr::cust(id.to_owned()), "id")
        .expr_as(Expr::cust(name), "name")
        .expr_as(Expr::cust("number"), "number")
        .from_subquery(from, alias)
        .take()
}

fn whose(scope: &Scope) -> Expr {
    let column = |column| Expr::col((document_counter::Entity, column));
    scope.whose(column(document_counter::Column::ContactId), column(document_counter::Column::EntityId))
}

fn sum(scope: &Scope, kind: DocumentKind) -> SelectStatement {
    let visible = Expr::cust(r#"CAST(COALESCE(SUM("document_counter"."visible"), 0) AS bigint)"#);
    document_counter::Entity::find()
        .select_only()
        .column_as(visible, "number")
        .filter(whose(scope))
        .filter(document_counter::Column::Kind.eq(kind.code()))
        .into_query()
}

fn people(scope: &Scope, kind: DocumentKind) -> SelectStatement {
    document_counter::Entity::find()
        .select_only()
        .column_as(contact::Column::Id, "id")
        .column_as(contact::Column::Name, "name")
        .column_as(Expr::cust("CAST(0 AS bigint)"), "number")
        .join(JoinType::InnerJoin, document_counter::Relation::Contact.def())
        .filter(whose(scope))
        .filter(document_counter::Column::Kind.eq(kind.code()))
        .filter(document_counter::Column::Visible.gt(0))
        .group_by(contact::Column::Id)
        .group_by(contact::Column::Name)
        .order_by_asc(contact::Column::Name)
        .limit(MOST)
        .into_query()
}

fn projects(scope: &Scope) -> SelectStatement {
    scope
        .documents(DocumentKind::Project)
        .select_only()
        .column_as(document::Column::Id, "id")
        .column_as(document::Column::Title, "name")
        .column_as(Expr::cust("CAST(0 AS bigint)"), "number")
        .order_by_desc(document::Column::SortedOn)
        .limit(MOST)
        .into_query()
}

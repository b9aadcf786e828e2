use domain::documents::{DocumentKind, SearchGroup};
use entities::document;
use sea_orm::{
    FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Asterisk, Expr, Query, UnionType},
};

use super::{read::to_row, search_plan::SearchPlan};
use crate::{
    Cx, ServiceResult,
    access::{portal, portal_scope_if_any},
    trigrams::FEW,
};

/// Documents of a kind that are shown; its list shows them all.
const MOST: usize = 5;

#[derive(FromQueryResult)]
struct Count {
    number: i64,
}

/// Searches the documents of every kind that somebody may see: the newest of each kind that fit. Two statements at
/// most.
///
/// # Permissions
/// Everybody in the portal; what is found follows `<kind>.view`.
///
/// # Errors
/// When nobody is in the portal, or the database fails.
pub async fn search_all(cx: &Cx, text: &str) -> ServiceResult<Vec<SearchGroup>> {
    portal(cx)?;
    let Some(plan) = SearchPlan::of(text) else { return Ok(Vec::new()) };
    let backend = cx.db().backend();
    let is_rare = match plan.count().filter(|_| !cx.db().is_postgres()) {
        Some(count) => {
            let number = Query::select().expr_as(Expr::from(count), "number").take();
            let found = Count::find_by_statement(backend.build(&number)).one(cx.db().pool()).await?;
            found.is_some_and(|found| found.number <= FEW)
        }
        None => false,
    };
    let mut all = None;
    for kind in DocumentKind::ALL {
        let Some(scope) = portal_scope_if_any(cx, kind.view())? else { continue };
        let newest = scope
            .documents(kind)
            .filter(plan.condition(is_rare))
            .order_by_desc(document::Column::SortedOn)
            .order_by_desc(document::Column::Id)
            .limit(u64::try_from(MOST).unwrap_or_default() + 1)
            .into_query();
        let part = Query::select().column(Asterisk).from_subquery(newest, "part").take();
        match &mut all {
            None => all = Some(part),
            Some(all) => {
                all.union(UnionType::All, part);
            }
        }
    }
    let Some(all) = all else { return Ok(Vec::new()) };
    let found = document::Model::find_by_statement(backend.build(&all)).all(cx.db().pool()).await?;
    let today = cx.today();
    let rows: Vec<_> = found.into_iter().filter_map(|document| to_row(document.into(), today)).collect();
    let group = |kind: DocumentKind| {
        let mut of_kind: Vec<_> = rows.iter().filter(|row| row.kind == kind).cloned().collect();
        let has_more = of_kind.len() > MOST;
        of_kind.truncate(MOST);
        (!of_kind.is_empty()).then_some(SearchGroup { kind, rows: of_kind, has_more })
    };
    Ok(DocumentKind::ALL.into_iter().filter_map(group).collect())
}

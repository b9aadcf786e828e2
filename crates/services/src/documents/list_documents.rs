use std::collections::HashMap;

use domain::{
    Page,
    documents::{DocumentKind, DocumentList, DocumentRequest, DocumentRow, Grouping, ListGroup},
};
use entities::document;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Select};
use time::Month;
use uuid::Uuid;

use super::{
    list_choices::{Choices, choices},
    narrow::narrow,
    read::to_row,
    search_plan::SearchPlan,
    sorting::Sorting,
};
use crate::{
    Cx, ServiceResult,
    access::{Scope, portal_scope, portal_scope_if_any},
    page,
};

/// The documents of a kind that a portal user may see, as a filter says, a page at a time; and what the list can be
/// narrowed down to. Two statements, one more where rows are put together by project.
///
/// # Permissions
/// `<kind>.view`, in its scope.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] without the permission.
pub async fn list_documents(cx: &Cx, request: &DocumentRequest) -> ServiceResult<DocumentList> {
    let kind = request.kind;
    let scope = portal_scope(cx, kind.view())?;
    let plan = SearchPlan::of(&request.filter.search);
    let choices = choices(cx, &scope, kind, plan.as_ref()).await?;
    let sorting = Sorting::of(kind, &request.filter);
    let query = matching(cx, &scope, request, plan.as_ref(), choices.is_rare);
    let (way, start) = page::seek(&request.page);
    let start = start.filter(|start| sorting.understands(start));
    let query = sorting.apply(query, way, start.as_ref());
    let found = page::read(cx, query, way, start.is_none(), |row| sorting.cursor(row)).await?;
    let today = cx.today();
    let groups = groups(cx, request.filter.grouping, &found.items).await?;
    let items: Vec<DocumentRow> =
        found.items.into_iter().filter_map(|document| to_row(document.into(), today)).collect();
    let Choices { count, people, projects, .. } = choices;
    Ok(DocumentList {
        page: Page { items, previous: found.previous, next: found.next },
        groups,
        count,
        people: if people.len() > 1 { people } else { Vec::new() },
        projects,
    })
}

/// The documents in scope that a filter leaves, in no order yet.
pub(super) fn matching(
    cx: &Cx,
    scope: &Scope,
    request: &DocumentRequest,
    plan: Option<&SearchPlan>,
    is_rare: bool,
) -> Select<document::Entity> {
    let query = narrow(cx, scope.documents(request.kind), request.kind, &request.filter);
    match plan {
        Some(plan) => query.filter(plan.condition(is_rare)),
        None => query,
    }
}

/// Where the groups of a page begin.
async fn groups(
    cx: &Cx,
    grouping: Option<Grouping>,
    rows: &[document::Model],
) -> ServiceResult<Vec<ListGroup>> {
    let Some(grouping) = grouping else { return Ok(Vec::new()) };
    let names = match grouping {
        Grouping::Project => parents(cx, rows).await?,
        Grouping::Status | Grouping::Month => HashMap::new(),
    };
    let label = |row: &document::Model| match grouping {
        Grouping::Project => {
            let name = row.parent_id.and_then(|parent| names.get(&parent).cloned());
            name.unwrap_or_else(|| "Without a project".to_owned())
        }
        Grouping::Status => {
            let (kind, state) =
                (DocumentKind::parse(&row.kind), domain::documents::DocumentState::parse(&row.state));
            kind.zip(state).map(|(kind, state)| state.label(kind)).unwrap_or_default().to_owned()
        }
        Grouping::Month => format!("{} {}", month(row.sorted_on.month()), row.sorted_on.year()),
    };
    let mut groups: Vec<ListGroup> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let label = label(row);
        if groups.last().is_none_or(|group| group.label != label) {
            groups.push(ListGroup { at, label });
        }
    }
    Ok(groups)
}

/// The names of the projects and tasks above, of those that the reader may see.
async fn parents(cx: &Cx, rows: &[document::Model]) -> ServiceResult<HashMap<Uuid, String>> {
    let mut seen = Condition::any();
    for kind in [DocumentKind::Project, DocumentKind::Task] {
        if let Some(scope) = portal_scope_if_any(cx, kind.view())? {
            seen = seen.add(scope.condition(kind));
        }
    }
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.parent_id).collect();
    if ids.is_empty() || seen.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(Uuid, String)> = document::Entity::find()
        .select_only()
        .columns([document::Column::Id, document::Column::Title])
        .filter(document::Column::Id.is_in(ids))
        .filter(seen)
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    Ok(found.into_iter().collect())
}

const fn month(month: Month) -> &'static str {
    match month {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    }
}

use domain::{
    access::Permission,
    documents::{Attention, AttentionReason, DocumentKind, Home, KindTile},
};
use entities::{document, document_counter};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::read::{Listed, to_row};
use crate::{
    Cx, ServiceResult,
    access::{Scope, portal, portal_scope_if_any},
};

/// How many things to do the home shows.
const MOST_ATTENTION: u64 = 6;

/// The portal home: a tile for each kind that the person may see, and what needs doing first. Two statements,
/// however many documents there are.
///
/// # Permissions
/// Every portal user; what is shown follows `<kind>.view` and `overview.view`.
///
/// # Errors
/// When nobody, or no portal user, is signed in.
pub async fn home(cx: &Cx) -> ServiceResult<Home> {
    let actor = portal(cx)?;
    let mut scopes = Vec::new();
    for kind in DocumentKind::ALL {
        if let Some(scope) = portal_scope_if_any(cx, kind.view())? {
            scopes.push((kind, scope));
        }
    }
    let tiles = count(cx, &scopes).await?;
    let mut attention = match portal_scope_if_any(cx, Permission::OverviewView)? {
        Some(_) => needs_doing(cx, &scopes).await?,
        None => Vec::new(),
    };
    let shown = usize::try_from(MOST_ATTENTION).unwrap_or(usize::MAX);
    let more_attention = attention.len() > shown;
    attention.truncate(shown);
    Ok(Home { tiles, attention, more_attention, details: actor.details.clone() })
}

/// Kinds with the same scope together. Most people have one scope for all, and one condition instead of one a kind is
/// shorter for the database to read; two of the same form that differ in a value only, SQLite compiles at every run.
fn by_scope(scopes: &[(DocumentKind, Scope)]) -> Vec<(&Scope, Vec<DocumentKind>)> {
    let mut all: Vec<(&Scope, Vec<DocumentKind>)> = Vec::new();
    for (kind, scope) in scopes {
        match all.iter_mut().find(|(held, _)| *held == scope) {
            Some((_, kinds)) => kinds.push(*kind),
            None => all.push((scope, vec![*kind])),
        }
    }
    all
}

/// What documents of a kind are marked with while they want something of the customer.
fn reason(kind: DocumentKind) -> Option<&'static str> {
    match kind {
        DocumentKind::Sale => Some("review"),
        DocumentKind::Invoice => Some("pay"),
        _ => None,
    }
}

#[derive(FromQueryResult)]
struct Count {
    kind: String,
    visible: i64,
}

async fn count(cx: &Cx, scopes: &[(DocumentKind, Scope)]) -> ServiceResult<Vec<KindTile>> {
    let mut any = Condition::any();
    for (scope, kinds) in by_scope(scopes) {
        let column = |column| Expr::col((document_counter::Entity, column));
        let whose = scope
            .whose(column(document_counter::Column::ContactId), column(document_counter::Column::EntityId));
        let codes = kinds.iter().map(|kind| kind.code());
        any = any.add(Condition::all().add(whose).add(document_counter::Column::Kind.is_in(codes)));
    }
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let counts = document_counter::Entity::find()
        .select_only()
        .column(document_counter::Column::Kind)
        .column_as(document_counter::Column::Visible.sum().cast_as("bigint"), "visible")
        .filter(any)
        .group_by(document_counter::Column::Kind)
        .into_model::<Count>()
        .all(cx.db().pool())
        .await?;
    let of = |kind: DocumentKind| {
        counts.iter().find(|count| count.kind == kind.code()).map_or(0, |count| count.visible)
    };
    Ok(scopes.iter().map(|(kind, _)| KindTile { kind: *kind, count: of(*kind) }).collect())
}

async fn needs_doing(cx: &Cx, scopes: &[(DocumentKind, Scope)]) -> ServiceResult<Vec<Attention>> {
    let today = cx.today();
    let mut any = Condition::any();
    for (scope, kinds) in by_scope(scopes) {
        let reasons: Vec<_> = kinds.into_iter().filter_map(reason).collect();
        if !reasons.is_empty() {
            any = any.add(scope.attention(&reasons));
        }
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    // A quotation past its day cannot be accepted any more; an invoice past its day is all the more urgent.
    let still_open = Condition::any()
        .add(document::Column::Attention.eq("pay"))
        .add(document::Column::DueOn.is_null())
        .add(document::Column::DueOn.gte(today));
    let found = document::Entity::find()
        .filter(any)
        .filter(document::Column::Attention.is_not_null())
        .filter(still_open)
        .order_by_asc(document::Column::DueOn)
        .order_by_asc(document::Column::Id)
        .limit(MOST_ATTENTION + 1)
        .into_partial_model::<Listed>()
        .all(cx.db().pool())
        .await?;
    Ok(found
        .into_iter()
        .filter(|document| document.is_visible)
        .filter_map(|document| {
            let reason = match document.attention.as_deref() {
                Some("review") => AttentionReason::Review,
                _ => AttentionReason::Pay,
            };
            Some(Attention { reason, row: to_row(document, today)? })
        })
        .collect())
}

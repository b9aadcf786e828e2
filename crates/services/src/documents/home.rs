use std::collections::BTreeMap;

use domain::{
    Currency,
    access::Permission,
    documents::{Age, Ages, Attention, AttentionReason, DocumentKind, Home, KindTile},
};
use entities::{document, document_counter};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use time::Date;

use super::read::{Listed, currency_of, to_row};
use crate::{
    Cx, ServiceResult,
    access::{Scope, portal, portal_scope_if_any},
};

/// How many things to do the home shows.
const MOST_ATTENTION: u64 = 6;

/// Open invoices that are added up. Whoever has more finds the sums on the statement: the home takes the same time for
/// everybody.
const MOST_OPEN: u64 = 500;

/// The portal home: a tile for each kind that the person may see, what needs doing first, and what is open by age. Two
/// statements, however many documents there are.
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
    let has_overview = portal_scope_if_any(cx, Permission::OverviewView)?.is_some();
    let sums = add_up(cx, &scopes, has_overview).await?;
    let mut attention = if has_overview { needs_doing(cx, &scopes).await? } else { Vec::new() };
    let shown = usize::try_from(MOST_ATTENTION).unwrap_or(usize::MAX);
    let more_attention = attention.len() > shown;
    attention.truncate(shown);
    Ok(Home {
        tiles: tiles(&scopes, &sums),
        attention,
        more_attention,
        open: open_by_age(&sums, cx.today()),
        details: actor.details.clone(),
    })
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

/// How many documents of a kind there are; or what is open on invoices of one due day and currency.
#[derive(FromQueryResult)]
struct Sum {
    /// The kind of documents that are counted; `open` where money is added up.
    what: String,
    documents: i64,
    open: i64,
    currency: Option<String>,
    due_on: Option<Date>,
}

const OPEN: &str = "open";

async fn add_up(cx: &Cx, scopes: &[(DocumentKind, Scope)], has_overview: bool) -> ServiceResult<Vec<Sum>> {
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = counts(scopes);
    if has_overview && let Some((_, scope)) = scopes.iter().find(|(kind, _)| *kind == DocumentKind::Invoice) {
        all.union(UnionType::All, open_invoices(scope));
    }
    let backend = cx.db().backend();
    Ok(Sum::find_by_statement(backend.build(&all)).all(cx.db().pool()).await?)
}

fn counts(scopes: &[(DocumentKind, Scope)]) -> SelectStatement {
    use document_counter::{Column, Entity};
    let mut any = Condition::any();
    for (scope, kinds) in by_scope(scopes) {
        let column = |column| Expr::col((Entity, column));
        let whose = scope.whose(column(Column::ContactId), column(Column::EntityId));
        let codes = kinds.iter().map(|kind| kind.code());
        any = any.add(Condition::all().add(whose).add(Column::Kind.is_in(codes)));
    }
    Entity::find()
        .select_only()
        .column_as(Column::Kind, "what")
        .column_as(Column::Visible.sum().cast_as("bigint"), "documents")
        .column_as(Expr::cust("CAST(0 AS bigint)"), "open")
        .column_as(Expr::cust("NULL"), "currency")
        .column_as(Expr::cust("NULL"), "due_on")
        .filter(any)
        .group_by(Column::Kind)
        .into_query()
}

/// An index holds all that it reads.
fn open_invoices(scope: &Scope) -> SelectStatement {
    use document::Column;
    let some = document::Entity::find()
        .select_only()
        .columns([Column::Residual, Column::Currency, Column::DueOn])
        .filter(scope.attention(&["pay"]))
        .limit(MOST_OPEN + 1)
        .into_query();
    let some_of = Alias::new("some");
    let column = |column: Column| Expr::col((Alias::new("some"), column));
    Query::select()
        .expr_as(Expr::val(OPEN), Alias::new("what"))
        .expr_as(Expr::cust("count(*)"), Alias::new("documents"))
        .expr_as(column(Column::Residual).sum().cast_as("bigint"), Alias::new("open"))
        .expr_as(column(Column::Currency), Alias::new("currency"))
        .expr_as(column(Column::DueOn), Alias::new("due_on"))
        .from_subquery(some, some_of)
        .group_by_columns([Column::Currency, Column::DueOn])
        .to_owned()
}

fn tiles(scopes: &[(DocumentKind, Scope)], sums: &[Sum]) -> Vec<KindTile> {
    let of =
        |kind: DocumentKind| sums.iter().find(|sum| sum.what == kind.code()).map_or(0, |sum| sum.documents);
    scopes.iter().map(|(kind, _)| KindTile { kind: *kind, count: of(*kind) }).collect()
}

/// By currency; nothing where there are more than were added up.
fn open_by_age(sums: &[Sum], today: Date) -> Vec<Ages> {
    let open = || sums.iter().filter(|sum| sum.what == OPEN);
    if open().map(|sum| sum.documents).sum::<i64>() > MOST_OPEN.cast_signed() {
        return Vec::new();
    }
    let mut by_currency: BTreeMap<Currency, Ages> = BTreeMap::new();
    for sum in open() {
        let Some(currency) = currency_of(sum.currency.as_deref()) else { continue };
        let ages = by_currency.entry(currency).or_insert_with(|| Ages::none(currency));
        ages.add(Age::of(sum.due_on, today), sum.open);
    }
    by_currency.into_values().collect()
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
            let row = to_row(document, today)?;
            Some(Attention {
                reason,
                id: row.id,
                name: row.name_or_noun().to_owned(),
                amount: match reason {
                    AttentionReason::Review => row.total,
                    AttentionReason::Pay => row.open,
                },
                contact: row.contact,
                due: row.due,
                is_overdue: row.is_overdue,
            })
        })
        .collect())
}

//! Which documents a list's filter leaves.

use domain::documents::{DocumentFilter, DocumentKind, DocumentState, DocumentStatus, parse_amount};
use entities::document::{self, Column};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{CaseStatement, Expr, ExprTrait, Func},
};
use time::Date;
use uuid::Uuid;

use crate::Cx;

/// Adds what a filter says to a query of one kind; the search comes by itself. Amounts that make no sense are left out,
/// as the page says beside their fields.
pub(super) fn narrow(
    cx: &Cx,
    mut query: Select<document::Entity>,
    kind: DocumentKind,
    filter: &DocumentFilter,
) -> Select<document::Entity> {
    if let Some(status) = filter.status.filter(|status| DocumentStatus::choices(kind).contains(status)) {
        query = query.filter(stands(cx, status, cx.today()));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::SortedOn.gte(from));
    }
    if let Some(until) = filter.until {
        query = query.filter(Column::SortedOn.lte(until));
    }
    if let Some(least) = parse_amount(&filter.least) {
        query = query.filter(thousandths().gte(least));
    }
    if let Some(most) = parse_amount(&filter.most) {
        query = query.filter(thousandths().lte(most));
    }
    if let Some(person) = filter.person {
        query = query.filter(Column::ContactId.eq(Uuid::from(person)));
    }
    if let Some(project) = filter.project {
        let project = Uuid::from(project);
        let tasks = document::Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::ParentId.eq(project))
            .filter(Column::Kind.eq(DocumentKind::Task.code()))
            .into_query();
        let of_project = Condition::any().add(Column::ParentId.eq(project));
        query = query.filter(match kind {
            DocumentKind::Timesheet => of_project.add(Column::ParentId.in_subquery(tasks)),
            _ => of_project,
        });
    }
    query
}

fn stands(cx: &Cx, status: DocumentStatus, today: Date) -> Condition {
    let invoice = |field, value| detail(cx, "invoice", field).eq(value);
    match status {
        DocumentStatus::In(state) => Condition::all().add(Column::State.eq(state.code())),
        DocumentStatus::ToPay => Condition::all().add(Column::Attention.eq("pay")),
        DocumentStatus::Overdue => {
            Condition::all().add(Column::Attention.eq("pay")).add(Column::DueOn.lt(today))
        }
        DocumentStatus::Paid => Condition::all()
            .add(Column::Residual.lte(0))
            .add(invoice("direction", "Receivable"))
            .add(invoice("is_credit", "false")),
        DocumentStatus::Credits => Condition::all().add(invoice("is_credit", "true")),
        DocumentStatus::Bills => {
            Condition::all().add(invoice("direction", "Payable")).add(invoice("is_credit", "false"))
        }
        DocumentStatus::Expired => {
            Condition::all().add(Column::State.eq(DocumentState::Sent.code())).add(Column::DueOn.lt(today))
        }
        DocumentStatus::Late => Condition::all()
            .add(Column::DueOn.lt(today))
            .add(Column::State.is_not_in([DocumentState::Done.code(), DocumentState::Cancelled.code()])),
    }
}

/// A field of what only the kind has, as text.
pub(super) fn detail(cx: &Cx, kind: &'static str, field: &'static str) -> Expr {
    if cx.db().is_postgres() {
        Expr::cust(format!(r#"("document"."details"->'{kind}'->>'{field}')"#))
    } else {
        // Here `->>` would make a number of a truth value; `->` leaves it as JSON, where texts are quoted.
        Expr::cust(format!(r#"trim("document"."details"->'$.{kind}.{field}', '"')"#))
    }
}

/// The amount in thousandths of its currency, however many decimals that has, and whichever way it is owed.
fn thousandths() -> Expr {
    let of = |codes: &'static [&'static str]| Column::Currency.is_in(codes.iter().copied());
    let scale = CaseStatement::new()
        .case(of(domain::Currency::WITHOUT_DECIMALS), 1_000_i64)
        .case(of(domain::Currency::WITH_THREE_DECIMALS), 1_i64)
        .finally(10_i64);
    Expr::expr(Func::abs(Expr::col((document::Entity, Column::Total)))).mul(Expr::expr(scale))
}

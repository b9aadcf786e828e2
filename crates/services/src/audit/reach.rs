//! Which events somebody may read, and which of them a filter leaves.

use domain::{
    Instant,
    access::Right,
    audit::{ActionGroup, AuditFilter},
};
use entities::{audit_event, contact, user};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};
use time::{Date, Duration};

use crate::{
    Cx, ServiceResult,
    access::{may, staff},
    like::{containing, starting_with},
};

/// The events that a staff user may read: all, or those about contacts, their access and portal users.
pub(super) fn readable(cx: &Cx) -> ServiceResult<Select<audit_event::Entity>> {
    staff(cx, Right::ReadContactAudit)?;
    let all = audit_event::Entity::find();
    if may(cx, Right::ReadAudit) {
        return Ok(all);
    }
    let of_customers = [ActionGroup::Access, ActionGroup::ViewAs, ActionGroup::Contacts];
    let of_logins = [ActionGroup::SignIn, ActionGroup::Users].into_iter().map(in_group);
    let of_portal_users = Condition::all().add(of_logins.fold(Condition::any(), Condition::add)).add(
        Condition::any()
            // Only customers belong to a commercial entity.
            .add(audit_event::Column::EntityId.is_not_null())
            .add(audit_event::Column::SubjectId.in_subquery(portal_users())),
    );
    let part = of_customers.into_iter().map(in_group).fold(Condition::any(), Condition::add);
    Ok(all.filter(part.add(of_portal_users)))
}

fn portal_users() -> SelectStatement {
    user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Kind.eq("portal"))
        .into_query()
}

/// The events of a group.
pub(super) fn in_group(group: ActionGroup) -> Condition {
    let begins = |prefix: &str| audit_event::Column::Action.like(starting_with(prefix));
    let mine = group.prefixes().iter().fold(Condition::any(), |any, prefix| any.add(begins(prefix)));
    let others = group.but_not().fold(Condition::any(), |any, prefix| any.add(begins(prefix))).not();
    match group {
        ActionGroup::Other => Condition::all().add(others),
        _ if group.but_not().next().is_none() => mine,
        _ => Condition::all().add(mine).add(others),
    }
}

/// Leaves of some events those that a filter wants.
pub(super) fn filtered(
    cx: &Cx,
    mut query: Select<audit_event::Entity>,
    filter: &AuditFilter,
) -> Select<audit_event::Entity> {
    use audit_event::Column;
    for word in words(&filter.who) {
        let login = user::Entity::find()
            .select_only()
            .column(user::Column::Id)
            .filter(Expr::col(user::Column::Login).like(containing(&word)))
            .into_query();
        let by = text_contains(Column::Actor, &word).add(Column::ActorId.in_subquery(login));
        query = query.filter(by);
    }
    for word in words(&filter.whom) {
        let companies = contact::Entity::find()
            .select_only()
            .column(contact::Column::Id)
            .filter(Expr::col(contact::Column::NameKey).like(containing(&word)))
            .into_query();
        let about = text_contains(Column::Subject, &word).add(Column::EntityId.in_subquery(companies));
        query = query.filter(about);
    }
    if let Some(about) = filter.about {
        query =
            query.filter(Condition::any().add(Column::SubjectId.eq(about)).add(Column::EntityId.eq(about)));
    }
    if let Some(group) = filter.what {
        query = query.filter(in_group(group));
    }
    if let Some(from) = filter.from {
        query = query.filter(Column::At.gte(begin_of(cx, from).millis()));
    }
    if let Some(until) = filter.until {
        let next = until.saturating_add(Duration::DAY);
        query = query.filter(Column::At.lt(begin_of(cx, next).millis()));
    }
    query
}

/// When a day begins for the business.
fn begin_of(cx: &Cx, day: Date) -> Instant {
    cx.settings().zone.begin_of(day)
}

/// When something happened, for people.
pub(super) fn when(cx: &Cx, at: i64) -> String {
    cx.settings().zone.display_exact(Instant::from_millis(at))
}

fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().take(8).map(str::to_lowercase).collect()
}

/// SQLite turns only English letters small, so that others are looked for as they were typed first.
fn text_contains(column: audit_event::Column, word: &str) -> Condition {
    let capital = {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    Condition::any()
        .add(Expr::expr(Func::lower(Expr::col((audit_event::Entity, column)))).like(containing(word)))
        .add(Expr::col((audit_event::Entity, column)).like(containing(&capital)))
}

//! A list's filter as a condition on users.

use domain::users::{Join, LastTest, QuickFilter, TextField, TextTest, UserCondition, UserFilter, UserKind};
use entities::{contact, group, membership, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};
use time::Date;
use uuid::Uuid;

use super::two_factor;
use crate::{ServiceResult, like::containing};

/// Words of a search that count.
const MOST_WORDS: usize = 8;

/// The condition of a filter. One statement, for the names of permission groups, where one is asked for.
pub(super) async fn of(connection: &impl ConnectionTrait, filter: &UserFilter) -> ServiceResult<Condition> {
    let mut all = Condition::all();
    for word in filter.search.split_whitespace().take(MOST_WORDS) {
        let found = Condition::any()
            .add(Expr::col((user::Entity, user::Column::Login)).like(containing(&word.to_lowercase())))
            .add(name(TextTest::Contains, word))
            .add(user::Column::Id.in_subquery(of_company(TextTest::Contains, word)));
        all = all.add(found);
    }
    all = all.add_option(kinds(&filter.quick));
    for quick in &filter.quick {
        all = all.add_option(quick_condition(*quick));
    }
    if filter.conditions.is_empty() {
        return Ok(all);
    }
    let groups = Groups::load(connection, &filter.conditions).await?;
    let joined = match filter.join {
        Join::All => Condition::all(),
        Join::Any => Condition::any(),
    };
    let conditions = filter.conditions.iter().map(|condition| own_condition(condition, &groups));
    Ok(all.add(conditions.fold(joined, Condition::add)))
}

/// Portal users, internal ones, or both.
fn kinds(quick: &[QuickFilter]) -> Option<Condition> {
    let kinds: Vec<&str> = quick
        .iter()
        .filter_map(|quick| match quick {
            QuickFilter::Portal => Some("portal"),
            QuickFilter::Internal => Some("staff"),
            _ => None,
        })
        .collect();
    (!kinds.is_empty()).then(|| Condition::all().add(user::Column::Kind.is_in(kinds)))
}

fn quick_condition(quick: QuickFilter) -> Option<Condition> {
    let is = |expr: Expr| Some(Condition::all().add(expr));
    match quick {
        QuickFilter::Portal | QuickFilter::Internal => None,
        QuickFilter::Inactive => is(user::Column::Status.eq("disabled")),
        QuickFilter::NeverConnected => is(user::Column::LastAuthenticatedAt.is_null()),
        QuickFilter::TwoFactorOff => is(two_factor::is_on_expr().eq(false)),
    }
}

fn own_condition(condition: &UserCondition, groups: &Groups) -> Condition {
    let is = |expr: Expr| Condition::all().add(expr);
    match condition {
        UserCondition::Text { field: TextField::Login, test, value } => {
            is(text(Expr::col((user::Entity, user::Column::Login)), *test, &value.to_lowercase()))
        }
        UserCondition::Text { field: TextField::Name, test, value } => name(*test, value),
        UserCondition::Text { field: TextField::Company, test, value } => {
            let found = of_company(positive(*test), value);
            is(within(found, test.is_negative()))
        }
        UserCondition::Text { field: TextField::Groups, test, value } => groups.condition(*test, value),
        UserCondition::Status { is: true, status } => is(user::Column::Status.eq(status.code())),
        UserCondition::Status { is: false, status } => is(user::Column::Status.ne(status.code())),
        UserCondition::TwoFactor { on } => is(two_factor::is_on_expr().eq(*on)),
        UserCondition::LastAuthentication(test) => is(last(*test)),
    }
}

fn last(test: LastTest) -> Expr {
    let column = user::Column::LastAuthenticatedAt;
    let millis = |date: Date| domain::Instant::from(date.midnight().assume_utc()).millis();
    match test {
        LastTest::Before(date) => column.lt(millis(date)),
        LastTest::After(date) => column.gte(millis(date.next_day().unwrap_or(date))),
        LastTest::Never => column.is_null(),
        LastTest::Ever => column.is_not_null(),
    }
}

/// The test without its *not*.
fn positive(test: TextTest) -> TextTest {
    match test {
        TextTest::Contains | TextTest::Lacks => TextTest::Contains,
        TextTest::Is | TextTest::IsNot => TextTest::Is,
    }
}

/// A text in lower case against a value in lower case.
fn text(column: Expr, test: TextTest, value: &str) -> Expr {
    match test {
        TextTest::Contains => column.like(containing(value)),
        TextTest::Lacks => column.not_like(containing(value)),
        TextTest::Is => column.eq(value),
        TextTest::IsNot => column.ne(value),
    }
}

/// A user's name, without case. SQLite knows the case of a to z only, so that other letters are looked for as
/// they were typed, too, and with a capital at the beginning.
fn name(test: TextTest, value: &str) -> Condition {
    let column = || Expr::col((user::Entity, user::Column::Name));
    let lower = value.to_lowercase();
    let mut letters = lower.chars();
    let capital: String =
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let found = Condition::any()
        .add(text(Expr::expr(Func::lower(column())), positive(test), &lower))
        .add(text(column(), positive(test), value))
        .add(text(column(), positive(test), &capital));
    if test.is_negative() { found.not() } else { found }
}

fn within(users: SelectStatement, not: bool) -> Expr {
    if not { user::Column::Id.not_in_subquery(users) } else { user::Column::Id.in_subquery(users) }
}

/// The users with a membership in a company of a name.
fn of_company(test: TextTest, value: &str) -> SelectStatement {
    let named = contact::Entity::find()
        .select_only()
        .column(contact::Column::Id)
        .filter(text(Expr::col((contact::Entity, contact::Column::NameKey)), test, &value.to_lowercase()))
        .into_query();
    membership::Entity::find()
        .select_only()
        .column(membership::Column::UserId)
        .join(JoinType::InnerJoin, membership::Relation::Contact.def())
        .filter(membership::Column::State.ne("ended"))
        .filter(contact::Column::EntityId.in_subquery(named))
        .into_query()
}

/// The names of the permission groups, in lower case.
struct Groups(Vec<(Uuid, String)>);

impl Groups {
    async fn load(connection: &impl ConnectionTrait, conditions: &[UserCondition]) -> ServiceResult<Self> {
        let is_needed = conditions
            .iter()
            .any(|condition| matches!(condition, UserCondition::Text { field: TextField::Groups, .. }));
        if !is_needed {
            return Ok(Self(Vec::new()));
        }
        let found: Vec<(Uuid, String)> = group::Entity::find()
            .select_only()
            .columns([group::Column::Id, group::Column::Name])
            .into_tuple()
            .all(connection)
            .await?;
        Ok(Self(found.into_iter().map(|(id, name)| (id, name.to_lowercase())).collect()))
    }

    /// Users of whose groups, the system group among them, one fits; or none, where the test is negative.
    fn condition(&self, test: TextTest, value: &str) -> Condition {
        let value = value.to_lowercase();
        let fits = |name: &str| match positive(test) {
            TextTest::Contains => name.contains(&value),
            _ => name == value,
        };
        let mut found = Condition::any().add(Expr::value(false));
        for kind in UserKind::ALL.into_iter().filter(|kind| fits(&kind.label().to_lowercase())) {
            found = found.add(match kind {
                UserKind::Portal => Condition::all().add(user::Column::Kind.eq("portal")),
                UserKind::Staff(role) => Condition::all()
                    .add(user::Column::Kind.eq("staff"))
                    .add(user::Column::Role.eq(role.code())),
            });
        }
        let ids: Vec<Uuid> = self.0.iter().filter(|(_, name)| fits(name)).map(|(id, _)| *id).collect();
        if !ids.is_empty() {
            let members = membership::Entity::find()
                .select_only()
                .column(membership::Column::UserId)
                .filter(membership::Column::State.ne("ended"))
                .filter(membership::Column::GroupId.is_in(ids))
                .into_query();
            found = found.add(user::Column::Id.in_subquery(members));
        }
        if test.is_negative() { found.not() } else { found }
    }
}

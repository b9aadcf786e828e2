//! In which order lists stand, and where a page of one begins.

use domain::documents::{DocumentFilter, DocumentKind, DocumentOrder, Grouping};
use entities::document::{self, Column};
use sea_orm::{
    Condition, Order, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait, Func, Value},
};
use serde_json::{Value as Json, json};
use time::Date;
use uuid::Uuid;

use crate::page::Seek;

/// What a list is ordered by; documents that are alike in it stand by their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Day,
    /// The migration of the lists names the same expressions in its indexes.
    Due,
    Total,
    Number,
    Project,
    Status,
}

/// A list's order: what comes first, and which way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sorting(Vec<(Key, Way)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// The day of what is never due: after all others.
fn never() -> Date {
    Date::from_calendar_date(9999, time::Month::December, 31).unwrap_or(Date::MAX)
}

impl Sorting {
    /// The order that a filter asks for.
    pub(super) fn of(kind: DocumentKind, filter: &DocumentFilter) -> Self {
        let group = filter.grouping.filter(|grouping| Grouping::choices(kind).contains(grouping));
        let mut keys = match group {
            Some(Grouping::Project) => vec![(Key::Project, Way::Down)],
            Some(Grouping::Status) => vec![(Key::Status, Way::Up)],
            // Months follow each other in any order of days.
            Some(Grouping::Month) | None => Vec::new(),
        };
        keys.push(match filter.order {
            DocumentOrder::Newest => (Key::Day, Way::Down),
            DocumentOrder::Oldest => (Key::Day, Way::Up),
            DocumentOrder::Number => (Key::Number, Way::Up),
            DocumentOrder::Due => (Key::Due, Way::Up),
            DocumentOrder::Largest => (Key::Total, Way::Down),
            DocumentOrder::Smallest => (Key::Total, Way::Up),
        });
        Self(keys)
    }

    /// What a cursor keeps of a document.
    pub(super) fn cursor(&self, row: &document::Model) -> (Vec<Json>, Uuid) {
        (self.0.iter().map(|(key, _)| key.of(row)).collect(), row.id)
    }

    /// A query in this order, beginning behind a document where one is given.
    pub(super) fn apply(
        &self,
        mut query: Select<document::Entity>,
        seek: Seek,
        start: Option<&(Vec<Json>, Uuid)>,
    ) -> Select<document::Entity> {
        if let Some(behind) = start.and_then(|start| self.behind(seek, start)) {
            query = query.filter(behind);
        }
        for (key, way) in &self.0 {
            query = query.order_by(key.expr(), way.order(seek));
        }
        query.order_by(Column::Id, self.last_way().order(seek))
    }

    /// Whether a cursor is one of this order; others lead to the first page.
    pub(super) fn understands(&self, (keys, id): &(Vec<Json>, Uuid)) -> bool {
        self.behind(Seek::Forward, &(keys.clone(), *id)).is_some()
    }

    fn last_way(&self) -> Way {
        self.0.last().map_or(Way::Down, |(_, way)| *way)
    }

    /// Behind a document: in the first key, or alike in that and behind in the next.
    fn behind(&self, seek: Seek, (values, id): &(Vec<Json>, Uuid)) -> Option<Condition> {
        if values.len() != self.0.len() {
            return None;
        }
        let mut any = Condition::any();
        let mut alike = Condition::all();
        let mut bound = None;
        for ((key, way), value) in self.0.iter().zip(values) {
            let value = key.value(value)?;
            let is_up = way.is_up(seek);
            let beyond = if is_up { key.expr().gt(value.clone()) } else { key.expr().lt(value.clone()) };
            any = any.add(alike.clone().add(beyond));
            if bound.is_none() {
                bound =
                    Some(if is_up { key.expr().gte(value.clone()) } else { key.expr().lte(value.clone()) });
            }
            alike = alike.add(key.expr().eq(value));
        }
        let by_id = Expr::col((document::Entity, Column::Id));
        let by_id = if self.last_way().is_up(seek) { by_id.gt(*id) } else { by_id.lt(*id) };
        // The first bound lets the index start at the page, however deep it is.
        Some(Condition::all().add_option(bound).add(any.add(alike.add(by_id))))
    }
}

impl Way {
    /// Whether values rise along the way of reading.
    fn is_up(self, seek: Seek) -> bool {
        (self == Self::Up) == (seek == Seek::Forward)
    }

    fn order(self, seek: Seek) -> Order {
        if self.is_up(seek) { Order::Asc } else { Order::Desc }
    }
}

impl Key {
    fn expr(self) -> Expr {
        let column = |column| Expr::col((document::Entity, column));
        match self {
            Self::Day => column(Column::SortedOn),
            Self::Number => column(Column::Number),
            Self::Status => column(Column::State),
            Self::Due => Expr::cust(r#"COALESCE("document"."due_on", '9999-12-31')"#),
            Self::Total => Expr::cust(r#"COALESCE("document"."total", 0)"#),
            Self::Project => Expr::expr(Func::coalesce([column(Column::ParentId), Expr::value(Uuid::nil())])),
        }
    }

    fn of(self, row: &document::Model) -> Json {
        let day = |day: Date| json!(domain::date::to_iso(day));
        match self {
            Self::Day => day(row.sorted_on),
            Self::Due => day(row.due_on.unwrap_or_else(never)),
            Self::Total => json!(row.total.unwrap_or(0)),
            Self::Number => json!(row.number),
            Self::Project => json!(row.parent_id.unwrap_or(Uuid::nil())),
            Self::Status => json!(row.state),
        }
    }

    fn value(self, stored: &Json) -> Option<Value> {
        Some(match self {
            Self::Day | Self::Due => domain::date::parse_iso(stored.as_str()?)?.into(),
            Self::Total => stored.as_i64()?.into(),
            Self::Number | Self::Status => stored.as_str()?.into(),
            Self::Project => Uuid::parse_str(stored.as_str()?).ok()?.into(),
        })
    }
}

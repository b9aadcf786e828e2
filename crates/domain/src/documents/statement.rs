//! A statement of account: what a customer owes, by day.

use serde::{Deserialize, Serialize};
use time::Date;

use super::DocumentRow;
use crate::{Currency, Money, date};

/// Which invoices and credit notes a statement lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatementFilter {
    /// Those of which nothing is open, too.
    pub all: bool,
    /// From this date on.
    #[serde(with = "crate::date")]
    pub from: Option<Date>,
    /// Until this date.
    #[serde(with = "crate::date")]
    pub until: Option<Date>,
}

impl StatementFilter {
    /// The filter that an address's query says; what makes no sense in it is left out.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let day = |name| date::parse_iso(get(name).unwrap_or_default().trim());
        Self { all: get("show").as_deref() == Some("all"), from: day("from"), until: day("until") }
    }

    /// The query of an address, as names and values.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let show = self.all.then(|| ("show", "all".to_owned()));
        let from = self.from.map(|from| ("from", date::to_iso(from)));
        let until = self.until.map(|until| ("until", date::to_iso(until)));
        [show, from, until].into_iter().flatten().collect()
    }

    /// Whether it ends before it begins.
    #[must_use]
    pub fn is_turned(&self) -> bool {
        self.from.zip(self.until).is_some_and(|(from, until)| until < from)
    }
}

/// How long something is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Age {
    /// Not yet.
    NotDue,
    /// For up to 30 days.
    Month,
    /// For 31 to 60 days.
    TwoMonths,
    /// For 61 to 90 days.
    ThreeMonths,
    /// For more than 90 days.
    Longer,
}

impl Age {
    /// Every age, the youngest first.
    pub const ALL: [Self; 5] = [Self::NotDue, Self::Month, Self::TwoMonths, Self::ThreeMonths, Self::Longer];

    /// The age of what was due on a day; what has no such day is not due.
    #[must_use]
    pub fn of(due: Option<Date>, today: Date) -> Self {
        match due.map(|due| (today - due).whole_days()) {
            None | Some(..=0) => Self::NotDue,
            Some(..=30) => Self::Month,
            Some(..=60) => Self::TwoMonths,
            Some(..=90) => Self::ThreeMonths,
            Some(_) => Self::Longer,
        }
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotDue => "Not due yet",
            Self::Month => "1 to 30 days late",
            Self::TwoMonths => "31 to 60 days late",
            Self::ThreeMonths => "61 to 90 days late",
            Self::Longer => "Over 90 days late",
        }
    }
}

/// What is open in one currency by age, in the order of [`Age::ALL`]; credits are not due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ages(pub [Money; 5]);

impl Ages {
    /// Nothing is open.
    #[must_use]
    pub fn none(currency: Currency) -> Self {
        Self([Money::new(0, currency); 5])
    }

    /// Adds what is open, in minor units.
    pub fn add(&mut self, age: Age, minor: i64) {
        if let Some((_, sum)) = Age::ALL.iter().zip(&mut self.0).find(|(of, _)| **of == age) {
            sum.minor = sum.minor.saturating_add(minor);
        }
    }
}

/// A row of a statement. Amounts in the customer's favour are below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementRow {
    /// The invoice or credit note.
    pub document: DocumentRow,
    /// What it was made out for.
    pub total: Money,
    /// What is open of it.
    pub open: Money,
    /// What is open of all rows up to this one.
    pub balance: Money,
}

/// A statement in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementPart {
    /// Invoices and credit notes, the oldest first.
    pub rows: Vec<StatementRow>,
    /// What is open of all.
    pub open: Money,
    /// What of it is past its day.
    pub overdue: Money,
    /// What is open by age.
    pub ages: Ages,
}

/// A statement of account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// For whom.
    pub customer: String,
    /// As of this day.
    #[serde(default, with = "crate::date")]
    pub as_of: Option<Date>,
    /// A part for each currency.
    pub parts: Vec<StatementPart>,
    /// Whether there are more rows than a page holds; the file has them all.
    pub is_cut: bool,
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn ages_begin_on_the_day_after_it_was_due() {
        let today = date!(2026 - 11 - 22);
        let of = |due| Age::of(Some(due), today);
        assert_eq!(of(date!(2026 - 11 - 22)), Age::NotDue);
        assert_eq!(of(date!(2026 - 11 - 21)), Age::Month);
        assert_eq!(of(date!(2026 - 10 - 23)), Age::Month);
        assert_eq!(of(date!(2026 - 10 - 22)), Age::TwoMonths);
        assert_eq!(of(date!(2026 - 08 - 24)), Age::ThreeMonths);
        assert_eq!(of(date!(2026 - 08 - 23)), Age::Longer);
        assert_eq!(Age::of(None, today), Age::NotDue);
    }

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let filter = StatementFilter { all: true, from: Some(date!(2026 - 11 - 02)), until: None };
        let pairs = filter.to_pairs();
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        assert_eq!(StatementFilter::from_query(get), filter);
    }
}

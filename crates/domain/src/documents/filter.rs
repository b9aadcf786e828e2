//! Which documents a list shows, and in which order: all that stands in its address.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{DocumentKind, DocumentOrder, DocumentStatus, Grouping};
use crate::{
    PageRequest, date,
    ids::{ContactId, DocumentId},
    typed_number::parse_typed,
};

/// Which documents of a kind are listed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DocumentFilter {
    /// Words that are all in the number, title, reference, name or lines.
    pub search: String,
    /// Where they stand.
    pub status: Option<DocumentStatus>,
    /// From this date on.
    #[serde(with = "crate::date")]
    pub from: Option<Date>,
    /// Until this date.
    #[serde(with = "crate::date")]
    pub until: Option<Date>,
    /// The least amount, as typed.
    pub least: String,
    /// The greatest amount, as typed.
    pub most: String,
    /// For this person or company.
    pub person: Option<ContactId>,
    /// In this project, or on its tasks.
    pub project: Option<DocumentId>,
    /// In which order.
    pub order: DocumentOrder,
    /// Put together by what.
    pub grouping: Option<Grouping>,
}

impl DocumentFilter {
    /// The filter and page that an address's query says; what makes no sense in it is left out.
    pub fn from_query(kind: DocumentKind, get: impl Fn(&str) -> Option<String>) -> (Self, PageRequest) {
        let line = |name| get(name).map(|text: String| text.trim().to_owned()).unwrap_or_default();
        let day = |name| date::parse_iso(&line(name));
        let filter = Self {
            search: line("q"),
            status: DocumentStatus::parse(kind, &line("status")),
            from: day("from"),
            until: day("until"),
            least: line("least"),
            most: line("most"),
            person: line("person").parse().ok(),
            project: line("project").parse().ok(),
            order: DocumentOrder::parse(kind, &line("sort")).unwrap_or_default(),
            grouping: Grouping::parse(kind, &line("group")),
        };
        (filter, PageRequest { after: get("after"), before: get("before") })
    }

    /// The query of an address, as names and values.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("q", self.search.clone())];
        pairs.extend(self.narrowing());
        pairs.extend(self.arranging());
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }

    /// Of the query, what the panel of filters says.
    #[must_use]
    pub fn narrowing(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<Date>| day.map(date::to_iso).unwrap_or_default();
        let pairs = [
            ("status", self.status.map(DocumentStatus::code).unwrap_or_default().to_owned()),
            ("from", day(self.from)),
            ("until", day(self.until)),
            ("least", self.least.clone()),
            ("most", self.most.clone()),
            ("person", self.person.map(|person| person.to_string()).unwrap_or_default()),
            ("project", self.project.map(|project| project.to_string()).unwrap_or_default()),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Of the query, order and groups.
    #[must_use]
    pub fn arranging(&self) -> Vec<(&'static str, String)> {
        let order = Some(self.order).filter(|order| *order != DocumentOrder::default());
        let pairs = [
            ("sort", order.map(DocumentOrder::code).unwrap_or_default().to_owned()),
            ("group", self.grouping.map(Grouping::code).unwrap_or_default().to_owned()),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        !self.search.is_empty() || !self.narrowing().is_empty()
    }

    /// What was typed that cannot be: the field's name and why.
    #[must_use]
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        for (name, typed) in [("least", &self.least), ("most", &self.most)] {
            if !typed.is_empty() && parse_amount(typed).is_none() {
                problems.push((name, "Give an amount such as 1,250.50."));
            }
        }
        if problems.is_empty() && self.amounts().is_some_and(|(least, most)| most < least) {
            problems.push(("most", "This is less than the amount it starts from."));
        }
        if self.from.zip(self.until).is_some_and(|(from, until)| until < from) {
            problems.push(("until", "This day is before the first one."));
        }
        problems
    }

    fn amounts(&self) -> Option<(i64, i64)> {
        parse_amount(&self.least).zip(parse_amount(&self.most))
    }
}

/// An amount that somebody typed, in thousandths of the currency: `1,250.50`, `1.250,50`, `1250`, `$ 99`.
#[must_use]
pub fn parse_amount(typed: &str) -> Option<i64> {
    parse_typed(&typed.replace(['$', '€', '£', '¥'], ""), 3).filter(|amount| *amount >= 0)
}

#[cfg(test)]
mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let filter = DocumentFilter {
            search: "large & desk".into(),
            status: Some(DocumentStatus::Overdue),
            from: Some(date!(2026 - 11 - 02)),
            until: Some(date!(2026 - 12 - 31)),
            least: "1,000".into(),
            most: "2000".into(),
            person: Some(ContactId(Uuid::from_u128(7))),
            project: Some(DocumentId(Uuid::from_u128(8))),
            order: DocumentOrder::Largest,
            grouping: None,
        };
        let pairs = filter.to_pairs();
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        assert_eq!(DocumentFilter::from_query(DocumentKind::Invoice, get).0, filter);
        assert!(filter.is_narrow() && filter.problems().is_empty());
        let (rubbish, _) = DocumentFilter::from_query(DocumentKind::Invoice, |name| {
            (!["q", "least", "most"].contains(&name)).then(|| "rubbish".to_owned())
        });
        assert_eq!(rubbish, DocumentFilter::default());
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, thousandths) in [
            ("1250", 1_250_000),
            ("1,250.50", 1_250_500),
            ("1.250,50", 1_250_500),
            ("1,250", 1_250_000),
            ("12,5", 12_500),
            ("$ 99", 99_000),
            ("1,234,567", 1_234_567_000),
            ("0.125", 125),
        ] {
            assert_eq!(parse_amount(typed), Some(thousandths), "{typed}");
        }
        for typed in ["", "much", "-5", "1.2345", "1,2.3,4x", "99999999999999999999"] {
            assert_eq!(parse_amount(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_is_told_beside_its_field() {
        let filter = DocumentFilter {
            least: "much".into(),
            from: Some(date!(2026 - 11 - 02)),
            until: Some(date!(2026 - 11 - 01)),
            ..DocumentFilter::default()
        };
        let fields: Vec<_> = filter.problems().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["least", "until"]);
        let turned = DocumentFilter { least: "10".into(), most: "9".into(), ..DocumentFilter::default() };
        assert_eq!(turned.problems().len(), 1);
    }
}

//! Events as pages show them. Times and words are made by the server.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use super::ActionGroup;
use crate::{PageRequest, date};

/// Which events are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditFilter {
    /// Part of the name or login of whoever did it.
    pub who: String,
    /// What it was about.
    pub what: Option<ActionGroup>,
    /// Part of the name of what it happened to, or of the company.
    pub whom: String,
    /// Only what happened to this contact, user or group, or to the people of this company.
    pub about: Option<Uuid>,
    /// From this day on, in the business's time zone.
    #[serde(with = "crate::date")]
    pub from: Option<Date>,
    /// Until the end of this day.
    #[serde(with = "crate::date")]
    pub until: Option<Date>,
    /// Which page.
    pub page: PageRequest,
}

impl AuditFilter {
    /// The filter that an address's query says; what makes no sense in it is left out.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let line = |name| get(name).map(|text: String| text.trim().to_owned()).unwrap_or_default();
        let day = |name| date::parse_iso(&line(name));
        Self {
            who: line("who"),
            what: ActionGroup::parse(&line("what")),
            whom: line("whom"),
            about: Uuid::parse_str(&line("about")).ok(),
            from: day("from"),
            until: day("until"),
            page: PageRequest { after: get("after"), before: get("before") },
        }
    }

    /// The query of an address, as names and values, without the page.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<Date>| day.map(date::to_iso).unwrap_or_default();
        let pairs = [
            ("who", self.who.clone()),
            ("what", self.what.map(|what| what.code().to_owned()).unwrap_or_default()),
            ("whom", self.whom.clone()),
            ("about", self.about.map(|about| about.to_string()).unwrap_or_default()),
            ("from", day(self.from)),
            ("until", day(self.until)),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { page: self.page.clone(), ..Self::default() }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When, with the time zone.
    pub when: String,
    /// What, in words.
    pub what: String,
    /// What it happened to.
    pub subject: String,
    /// The company that it concerns, unless that is the subject.
    pub company: Option<String>,
    /// Whoever did it.
    pub by: String,
    /// The customer in whose place they acted.
    pub on_behalf_of: Option<String>,
    /// What was changed, and what else is known of it.
    pub changes: Vec<Change>,
    /// The address that the request came from.
    pub address: String,
}

/// A value before and after, or a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it is the value of.
    pub label: String,
    /// What it was; nothing for a fact.
    pub before: Option<String>,
    /// What it is now.
    pub after: String,
}

/// Something that happened around a customer's access, as the customer may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessLogRow {
    /// When, with the time zone.
    pub when: String,
    /// What, in words.
    pub what: String,
    /// Whom it concerned.
    pub subject: String,
    /// Whoever did it; staff are the business.
    pub by: String,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// The address that it came from; never one of staff.
    pub address: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let filter = AuditFilter {
            who: "ann & bob".into(),
            what: Some(ActionGroup::ViewAs),
            whom: "Zoë".into(),
            about: Some(Uuid::from_u128(7)),
            from: Some(date!(2026 - 11 - 02)),
            until: Some(date!(2026 - 12 - 31)),
            page: PageRequest::default(),
        };
        let pairs = filter.to_pairs();
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        assert_eq!(AuditFilter::from_query(get), filter);
        let rubbish = AuditFilter::from_query(|name| (name != "who").then(|| "rubbish".to_owned()));
        assert_eq!((rubbish.what, rubbish.from, rubbish.about), (None, None, None));
        assert!(AuditFilter::from_query(|_| None).is_empty());
    }
}

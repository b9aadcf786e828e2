//! Which users a list shows, and how its address says so.
//!
//! | in the address | meaning |
//! | --- | --- |
//! | `q=ann good` | words that must all occur in login, name or company |
//! | `is=portal` | a ready-made filter; several are joined by *and*, but `portal` and `internal` by *or* |
//! | `where=groups.contains.portal` | a condition of one's own: field, operator, value |
//! | `match=any` | conditions are joined by *or*; without it by *and* |
//! | `after=…`, `before=…` | the page |
//!
//! `field`, `operator` and `value` are one more condition in pieces, as the dialog's form sends it.

use serde::{Deserialize, Serialize};

use super::condition::{ConditionDraft, UserCondition};
use crate::{FieldErrors, PageRequest};

/// Most conditions of one's own.
const MOST_CONDITIONS: usize = 10;

/// A ready-made filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum QuickFilter {
    /// Customers.
    Portal,
    /// Staff.
    Internal,
    /// Disabled ones.
    Inactive,
    /// Who never signed in.
    NeverConnected,
    /// Without two-factor authentication.
    TwoFactorOff,
}

impl QuickFilter {
    /// All, in the order of the menu.
    pub const ALL: [Self; 5] =
        [Self::Portal, Self::Internal, Self::Inactive, Self::NeverConnected, Self::TwoFactorOff];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Portal => "portal",
            Self::Internal => "internal",
            Self::Inactive => "inactive",
            Self::NeverConnected => "never-connected",
            Self::TwoFactorOff => "two-factor-off",
        }
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Portal => "Portal Users",
            Self::Internal => "Internal Users",
            Self::Inactive => "Inactive Users",
            Self::NeverConnected => "Never connected",
            Self::TwoFactorOff => "Two-factor off",
        }
    }
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Join {
    /// All must hold.
    #[default]
    All,
    /// One is enough.
    Any,
}

/// Which users a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserFilter {
    /// Words that must all occur in login, name or company.
    pub search: String,
    /// Ready-made filters, each once, in the menu's order.
    pub quick: Vec<QuickFilter>,
    /// Conditions of one's own.
    pub conditions: Vec<UserCondition>,
    /// How the conditions are joined.
    pub join: Join,
    /// Which page.
    pub page: PageRequest,
}

/// What an address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParsedFilter {
    /// The filter.
    pub filter: UserFilter,
    /// A condition that was typed and makes no sense.
    pub draft: Option<ConditionDraft>,
}

impl UserFilter {
    /// Reads an address's query; what makes no sense is left out, but for a condition that was just typed.
    pub fn parse<'a>(query: impl Iterator<Item = (&'a str, &'a str)>) -> ParsedFilter {
        let mut filter = Self::default();
        let mut draft = None::<ConditionDraft>;
        for (name, value) in query {
            match name {
                "q" => value.clone_into(&mut filter.search),
                "is" => filter.quick.extend(QuickFilter::ALL.into_iter().find(|known| known.code() == value)),
                "where" => filter.conditions.extend(UserCondition::from_word(value)),
                "match" if value == "any" => filter.join = Join::Any,
                "after" => filter.page.after = Some(value.to_owned()),
                "before" => filter.page.before = Some(value.to_owned()),
                "field" => value.clone_into(&mut draft.get_or_insert_default().field),
                "operator" => value.clone_into(&mut draft.get_or_insert_default().operator),
                "value" => value.clone_into(&mut draft.get_or_insert_default().value),
                _ => {}
            }
        }
        filter.quick.sort_unstable();
        filter.quick.dedup();
        if let Some(typed) = &mut draft {
            match UserCondition::parse(&typed.field, &typed.operator, &typed.value) {
                Ok(_) if filter.conditions.len() >= MOST_CONDITIONS => {
                    typed.errors = FieldErrors::one("value", "Remove a filter first: there are ten already.");
                }
                Ok(condition) => {
                    filter.conditions.push(condition);
                    draft = None;
                }
                Err(errors) => typed.errors = errors,
            }
        }
        filter.conditions.truncate(MOST_CONDITIONS);
        ParsedFilter { filter, draft }
    }

    /// The filter as names and values, without the page.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.search.is_empty() {
            pairs.push(("q", self.search.clone()));
        }
        pairs.extend(self.quick.iter().map(|quick| ("is", quick.code().to_owned())));
        pairs.extend(self.conditions.iter().map(|condition| ("where", condition.to_word())));
        if self.join == Join::Any {
            pairs.push(("match", "any".to_owned()));
        }
        pairs
    }

    /// The filter as an address's query, with its question mark; empty for all users.
    pub fn to_query(&self) -> String {
        let mut pairs = self.pairs();
        match &self.page {
            PageRequest { after: Some(after), .. } => pairs.push(("after", after.clone())),
            PageRequest { before: Some(before), .. } => pairs.push(("before", before.clone())),
            PageRequest { .. } => {}
        }
        let mut query = String::new();
        for (name, value) in pairs {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(name);
            query.push('=');
            query.push_str(&escape(&value));
        }
        query
    }

    /// The first page of the filter with a ready-made one more, or less.
    #[must_use]
    pub fn toggled(&self, quick: QuickFilter) -> Self {
        let mut filter = Self { page: PageRequest::default(), ..self.clone() };
        if self.quick.contains(&quick) {
            filter.quick.retain(|known| *known != quick);
        } else {
            filter.quick.push(quick);
            filter.quick.sort_unstable();
        }
        filter
    }

    /// The first page of the filter without one of its conditions.
    #[must_use]
    pub fn without(&self, condition: usize) -> Self {
        let mut filter = Self { page: PageRequest::default(), ..self.clone() };
        if condition < filter.conditions.len() {
            filter.conditions.remove(condition);
        }
        if filter.conditions.len() < 2 {
            filter.join = Join::All;
        }
        filter
    }

    /// Whether every user is shown.
    pub fn is_empty(&self) -> bool {
        self.search.trim().is_empty() && self.quick.is_empty() && self.conditions.is_empty()
    }
}

/// A value as it stands in a query.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                escaped.push(char::from(byte));
            }
            b' ' => escaped.push('+'),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests;

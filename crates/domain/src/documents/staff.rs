//! Documents as staff find and see them. Times and words are made by the server.

use serde::{Deserialize, Serialize};
use time::Date;

use super::{DocumentKind, DocumentPage, DocumentRow, DocumentState};
use crate::{PageRequest, date, ids::ContactId};

/// How far a document has come with its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Published, whether customers see it in its state or not.
    Published,
    /// Not published.
    Unpublished,
    /// A customer opened it.
    Opened,
    /// Customers see it, and none opened it yet.
    Unopened,
    /// Belongs to no contact.
    Ownerless,
}

impl Standing {
    /// Every one, in the order in which they are offered.
    pub const ALL: [Self; 5] =
        [Self::Published, Self::Unpublished, Self::Opened, Self::Unopened, Self::Ownerless];

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Unpublished => "unpublished",
            Self::Opened => "opened",
            Self::Unopened => "unopened",
            Self::Ownerless => "ownerless",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Published => "Published",
            Self::Unpublished => "Not published",
            Self::Opened => "Opened by the customer",
            Self::Unopened => "Not opened yet",
            Self::Ownerless => "Without a customer",
        }
    }
}

/// Which documents are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StaffDocumentFilter {
    /// Words in the number, the title or the customer.
    pub search: String,
    /// Of one kind only.
    pub kind: Option<DocumentKind>,
    /// In one state only.
    pub state: Option<DocumentState>,
    /// How far they have come with their customer.
    pub standing: Option<Standing>,
    /// Only those of this contact or company.
    pub of: Option<ContactId>,
    /// From this day on.
    #[serde(with = "crate::date")]
    pub from: Option<Date>,
    /// Until this day.
    #[serde(with = "crate::date")]
    pub until: Option<Date>,
    /// Which page.
    pub page: PageRequest,
}

impl StaffDocumentFilter {
    /// The filter that an address's query says; what makes no sense in it is left out.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let line = |name| get(name).map(|text: String| text.trim().to_owned()).unwrap_or_default();
        let day = |name| date::parse_iso(&line(name));
        Self {
            search: line("q"),
            kind: DocumentKind::from_plural(&line("kind")),
            state: DocumentState::parse(&line("state")),
            standing: Standing::parse(&line("standing")),
            of: line("of").parse().ok(),
            from: day("from"),
            until: day("until"),
            page: PageRequest { after: get("after"), before: get("before") },
        }
    }

    /// The query of an address, as names and values, without the page.
    #[must_use]
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<Date>| day.map(date::to_iso).unwrap_or_default();
        let word = |code: Option<&str>| code.unwrap_or_default().to_owned();
        let pairs = [
            ("q", self.search.clone()),
            ("kind", word(self.kind.map(DocumentKind::plural))),
            ("state", word(self.state.map(DocumentState::code))),
            ("standing", word(self.standing.map(Standing::code))),
            ("of", self.of.map(|of| of.to_string()).unwrap_or_default()),
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

/// Whether customers see a document, and whether one has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    /// Since when it is published.
    pub published: Option<String>,
    /// Whether it is seen: published, somebody's, and in a state for customers.
    pub is_visible: bool,
    /// When a customer opened it first.
    pub first_viewed: Option<String>,
    /// The portal user who did.
    pub first_viewed_by: Option<String>,
}

/// A document in the staff's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffDocumentRow {
    /// What customers' lists show of it.
    pub row: DocumentRow,
    /// Whether customers see it.
    pub exposure: Exposure,
}

/// A page of the staff's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffDocumentList {
    /// The rows.
    pub page: crate::Page<StaffDocumentRow>,
    /// The name of the contact or company whose documents they are, where the filter says one.
    pub of: Option<String>,
}

/// A document's page for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffDocumentPage {
    /// The document, with what only staff may see.
    pub page: DocumentPage,
    /// Whom it is for.
    pub contact: Option<(ContactId, String)>,
    /// The company that it was issued to, if that is another one.
    pub entity: Option<(ContactId, String)>,
    /// Whether customers see it.
    pub exposure: Exposure,
    /// The currency of what only staff see.
    pub currency: Option<crate::Currency>,
    /// Its key in the system that it was imported from.
    pub external_id: Option<String>,
    /// How often it was changed.
    pub version: i64,
}

/// What became of documents that were to be published, or not any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishOutcome {
    /// Those that are now, and were not.
    pub changed: u64,
    /// Of those, the ones that customers do not see yet: drafts and cancelled ones.
    pub hidden: u64,
    /// Those that stay as they are, since they belong to nobody.
    pub ownerless: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    #[test]
    fn an_address_leads_back_to_its_filter() {
        let filter = StaffDocumentFilter {
            search: "S00023 & more".into(),
            kind: Some(DocumentKind::Sale),
            state: Some(DocumentState::Sent),
            standing: Some(Standing::Unopened),
            of: Some(ContactId(Uuid::from_u128(7))),
            from: Some(date!(2026 - 11 - 02)),
            until: Some(date!(2026 - 12 - 31)),
            page: PageRequest::default(),
        };
        let pairs = filter.to_pairs();
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        assert_eq!(StaffDocumentFilter::from_query(get), filter);
        let rubbish = StaffDocumentFilter::from_query(|name| (name != "q").then(|| "rubbish".to_owned()));
        assert_eq!((rubbish.kind, rubbish.state, rubbish.of), (None, None, None));
        assert!(StaffDocumentFilter::from_query(|_| None).is_empty());
    }
}

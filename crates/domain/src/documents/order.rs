//! In which order a kind's list stands.

use serde::{Deserialize, Serialize};

use super::DocumentKind;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentOrder {
    /// By date, the newest first.
    #[default]
    Newest,
    /// By date, the oldest first.
    Oldest,
    /// By number.
    Number,
    /// By the day that it is due, those without one last.
    Due,
    /// By amount, the largest first.
    Largest,
    /// By amount, the smallest first.
    Smallest,
}

impl DocumentOrder {
    /// The orders of a kind's list, in the order on screen; the first is the usual one.
    #[must_use]
    pub fn choices(kind: DocumentKind) -> Vec<Self> {
        let has_number_and_amount =
            matches!(kind, DocumentKind::Sale | DocumentKind::Purchase | DocumentKind::Invoice);
        let has_amount = has_number_and_amount || kind == DocumentKind::Subscription;
        let has_due = has_amount
            || matches!(kind, DocumentKind::Project | DocumentKind::Task | DocumentKind::Signature);
        let more = [
            (has_number_and_amount, Self::Number),
            (has_due, Self::Due),
            (has_amount, Self::Largest),
            (has_amount, Self::Smallest),
        ];
        let more = more.into_iter().filter(|(has, _)| *has).map(|(_, order)| order);
        [Self::Newest, Self::Oldest].into_iter().chain(more).collect()
    }

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Number => "number",
            Self::Due => "due",
            Self::Largest => "largest",
            Self::Smallest => "smallest",
        }
    }

    /// The order of a word in a kind's list.
    #[must_use]
    pub fn parse(kind: DocumentKind, code: &str) -> Option<Self> {
        Self::choices(kind).into_iter().find(|order| order.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self, kind: DocumentKind) -> &'static str {
        match (self, kind) {
            (Self::Newest, _) => "Newest first",
            (Self::Oldest, _) => "Oldest first",
            (Self::Number, _) => "Number",
            (Self::Due, DocumentKind::Sale) => "Valid until",
            (Self::Due, DocumentKind::Purchase) => "Expected first",
            (Self::Due, DocumentKind::Project) => "Ends first",
            (Self::Due, DocumentKind::Task) => "Deadline",
            (Self::Due, DocumentKind::Subscription) => "Next invoice",
            (Self::Due, _) => "Due first",
            (Self::Largest, _) => "Largest amount",
            (Self::Smallest, _) => "Smallest amount",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_what_a_kind_offers() {
        for kind in DocumentKind::ALL {
            let choices = DocumentOrder::choices(kind);
            assert_eq!(choices.first(), Some(&DocumentOrder::default()));
            for order in choices {
                assert_eq!(DocumentOrder::parse(kind, order.code()), Some(order));
            }
        }
        assert_eq!(DocumentOrder::parse(DocumentKind::Ticket, "largest"), None);
    }
}

//! How a kind's list is narrowed down by where documents stand.

use serde::{Deserialize, Serialize};

use super::{DocumentKind, DocumentState};

/// Where the documents stand that a list shows: a state, or what follows from several fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentStatus {
    /// In this state.
    In(DocumentState),
    /// Invoices of which something is open, overdue ones among them.
    ToPay,
    /// Invoices past their day of which something is open.
    Overdue,
    /// Invoices of which nothing is open.
    Paid,
    /// Credit notes.
    Credits,
    /// What the business owes.
    Bills,
    /// Quotations past the last day on which they could be accepted.
    Expired,
    /// Tasks past their deadline that are not done.
    Late,
}

impl DocumentStatus {
    /// What a kind's list can be narrowed down to, in the order on screen.
    #[must_use]
    pub fn choices(kind: DocumentKind) -> Vec<Self> {
        use DocumentState::{
            Active, Approved, ChangesRequested, Closed, Confirmed, Declined, Done, Ended, InProgress, Lost,
            Open, Paused, Sent, Signed, Waiting, Won,
        };
        let (first, states): (&[Self], &[DocumentState]) = match kind {
            DocumentKind::Lead => (&[], &[Open, Won, Lost]),
            DocumentKind::Sale => (&[Self::Expired], &[Sent, Confirmed, Declined]),
            DocumentKind::Purchase => (&[], &[Sent, Confirmed]),
            DocumentKind::Invoice => {
                (&[Self::ToPay, Self::Overdue, Self::Paid, Self::Credits, Self::Bills], &[])
            }
            DocumentKind::Project => (&[], &[Open, InProgress, Waiting, Done]),
            DocumentKind::Task => (&[Self::Late], &[InProgress, Waiting, ChangesRequested, Approved, Done]),
            DocumentKind::Timesheet => (&[], &[]),
            DocumentKind::Ticket => (&[], &[Open, Waiting, Closed]),
            DocumentKind::Signature => (&[], &[Sent, Signed, Declined]),
            DocumentKind::Subscription => (&[], &[Active, Paused, Ended]),
        };
        states.iter().copied().map(Self::In).chain(first.iter().copied()).collect()
    }

    /// The word in addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::In(state) => state.code(),
            Self::ToPay => "to-pay",
            Self::Overdue => "overdue",
            Self::Paid => "paid",
            Self::Credits => "credit-notes",
            Self::Bills => "bills",
            Self::Expired => "expired",
            Self::Late => "late",
        }
    }

    /// What a word means in a kind's list.
    #[must_use]
    pub fn parse(kind: DocumentKind, code: &str) -> Option<Self> {
        Self::choices(kind).into_iter().find(|status| status.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self, kind: DocumentKind) -> &'static str {
        match self {
            Self::In(state) => state.label(kind),
            Self::ToPay => "To pay",
            Self::Overdue => "Overdue",
            Self::Paid => "Paid",
            Self::Credits => "Credit notes",
            Self::Bills => "Bills",
            Self::Expired => "Expired quotation",
            Self::Late => "Past the deadline",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_what_a_kind_offers() {
        for kind in DocumentKind::ALL {
            for status in DocumentStatus::choices(kind) {
                assert_eq!(DocumentStatus::parse(kind, status.code()), Some(status));
                assert!(!status.label(kind).is_empty());
            }
        }
        assert_eq!(DocumentStatus::parse(DocumentKind::Lead, "overdue"), None);
    }

    #[test]
    fn nothing_is_offered_that_customers_never_see() {
        let shown = DocumentKind::ALL.into_iter().flat_map(DocumentStatus::choices);
        for status in shown {
            assert!(!matches!(status, DocumentStatus::In(state) if state.is_hidden_from_customers()));
        }
    }
}

//! Where a document stands.

use serde::{Deserialize, Serialize};

use super::DocumentKind;

/// Where a document stands in its life. Which of them a kind uses is said beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DocumentState {
    /// Sales, purchases, invoices: not sent yet.
    Draft,
    /// Sales, purchases, signatures: waits for the other side.
    Sent,
    /// Sales, purchases: agreed.
    Confirmed,
    /// Any kind: called off.
    Cancelled,
    /// Invoices: issued.
    Posted,
    /// Leads, tickets, projects: being worked on.
    Open,
    /// Leads: became an order.
    Won,
    /// Leads: did not.
    Lost,
    /// Tasks.
    InProgress,
    /// Tasks.
    ChangesRequested,
    /// Tasks.
    Approved,
    /// Tasks, projects.
    Done,
    /// Timesheets.
    Recorded,
    /// Tickets: waits for the customer.
    Waiting,
    /// Tickets.
    Closed,
    /// Signatures.
    Signed,
    /// Signatures, sales.
    Declined,
    /// Subscriptions.
    Active,
    /// Subscriptions.
    Paused,
    /// Subscriptions.
    Ended,
}

impl DocumentState {
    /// Every state.
    pub const ALL: [Self; 20] = [
        Self::Draft,
        Self::Sent,
        Self::Confirmed,
        Self::Cancelled,
        Self::Posted,
        Self::Open,
        Self::Won,
        Self::Lost,
        Self::InProgress,
        Self::ChangesRequested,
        Self::Approved,
        Self::Done,
        Self::Recorded,
        Self::Waiting,
        Self::Closed,
        Self::Signed,
        Self::Declined,
        Self::Active,
        Self::Paused,
        Self::Ended,
    ];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Posted => "posted",
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::InProgress => "in_progress",
            Self::ChangesRequested => "changes_requested",
            Self::Approved => "approved",
            Self::Done => "done",
            Self::Recorded => "recorded",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
            Self::Signed => "signed",
            Self::Declined => "declined",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Ended => "ended",
        }
    }

    /// The state of a word in the database.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word on screen.
    pub fn label(self, kind: DocumentKind) -> &'static str {
        match (self, kind) {
            (Self::Draft, DocumentKind::Sale) => "Quotation draft",
            (Self::Sent, DocumentKind::Sale) => "Quotation",
            (Self::Confirmed, DocumentKind::Sale) => "Sales order",
            (Self::Sent, DocumentKind::Purchase) => "Request for quotation",
            (Self::Confirmed, DocumentKind::Purchase) => "Purchase order",
            (Self::Sent, DocumentKind::Signature) => "To sign",
            (Self::Draft, _) => "Draft",
            (Self::Sent, _) => "Sent",
            (Self::Confirmed, _) => "Confirmed",
            (Self::Cancelled, _) => "Cancelled",
            (Self::Posted, _) => "Posted",
            (Self::Open, _) => "Open",
            (Self::Won, _) => "Won",
            (Self::Lost, _) => "Lost",
            (Self::InProgress, _) => "In progress",
            (Self::ChangesRequested, _) => "Changes requested",
            (Self::Approved, _) => "Approved",
            (Self::Done, _) => "Done",
            (Self::Recorded, _) => "Recorded",
            (Self::Waiting, _) => "Waiting for you",
            (Self::Closed, _) => "Closed",
            (Self::Signed, _) => "Signed",
            (Self::Declined, _) => "Declined",
            (Self::Active, _) => "Active",
            (Self::Paused, _) => "Paused",
            (Self::Ended, _) => "Ended",
        }
    }

    /// The states of a kind, in the order of its life.
    pub fn of(kind: DocumentKind) -> &'static [Self] {
        match kind {
            DocumentKind::Lead => &[Self::Open, Self::Won, Self::Lost],
            DocumentKind::Sale => {
                &[Self::Draft, Self::Sent, Self::Confirmed, Self::Declined, Self::Cancelled]
            }
            DocumentKind::Purchase => &[Self::Draft, Self::Sent, Self::Confirmed, Self::Cancelled],
            DocumentKind::Invoice => &[Self::Draft, Self::Posted, Self::Cancelled],
            DocumentKind::Project => &[Self::Open, Self::Done, Self::Cancelled],
            DocumentKind::Task => {
                &[Self::InProgress, Self::ChangesRequested, Self::Approved, Self::Done, Self::Cancelled]
            }
            DocumentKind::Timesheet => &[Self::Recorded, Self::Cancelled],
            DocumentKind::Ticket => &[Self::Open, Self::Waiting, Self::Closed, Self::Cancelled],
            DocumentKind::Signature => {
                &[Self::Draft, Self::Sent, Self::Signed, Self::Declined, Self::Cancelled]
            }
            DocumentKind::Subscription => &[Self::Active, Self::Paused, Self::Ended, Self::Cancelled],
        }
    }

    /// Whether customers never see a document in this state, published or not.
    pub fn is_hidden_from_customers(self) -> bool {
        matches!(self, Self::Draft | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_states() {
        for state in DocumentState::ALL {
            assert_eq!(DocumentState::parse(state.code()), Some(state));
        }
    }

    #[test]
    fn each_kind_tells_its_states_apart() {
        for kind in DocumentKind::ALL {
            let labels: Vec<_> = DocumentState::of(kind).iter().map(|state| state.label(kind)).collect();
            let distinct: std::collections::BTreeSet<_> = labels.iter().collect();
            assert!(labels.len() > 1 && distinct.len() == labels.len(), "{kind:?}: {labels:?}");
        }
    }

    #[test]
    fn only_drafts_and_cancelled_ones_are_hidden() {
        let hidden: Vec<_> =
            DocumentState::ALL.into_iter().filter(|state| state.is_hidden_from_customers()).collect();
        assert_eq!(hidden, [DocumentState::Draft, DocumentState::Cancelled]);
    }
}

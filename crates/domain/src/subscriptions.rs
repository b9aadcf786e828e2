//! What customers do to their subscriptions.

use serde::{Deserialize, Serialize};

use crate::{
    Money,
    documents::{DocumentRow, DocumentState},
    payments::words::coded,
};

/// Longest reason.
pub const MAX_REASON: usize = 1_000;

coded! {
    /// Something that a customer does to a subscription.
    SubscriptionAction:
    /// Nothing is delivered or invoiced until it is resumed.
    Pause "pause" "Paused",
    /// It goes on.
    Resume "resume" "Resumed",
    /// It ends.
    Cancel "cancel" "Canceled",
}

impl SubscriptionAction {
    /// What can be done to a subscription in a state.
    #[must_use]
    pub fn on(state: DocumentState) -> &'static [Self] {
        match state {
            DocumentState::Active => &[Self::Pause, Self::Cancel],
            DocumentState::Paused => &[Self::Resume, Self::Cancel],
            _ => &[],
        }
    }

    /// The state that it leads to.
    #[must_use]
    pub fn leads_to(self) -> DocumentState {
        match self {
            Self::Pause => DocumentState::Paused,
            Self::Resume => DocumentState::Active,
            Self::Cancel => DocumentState::Ended,
        }
    }
}

/// What was done to a subscription before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionChange {
    /// What.
    pub action: SubscriptionAction,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: String,
    /// When.
    pub at: String,
}

/// The page on which a subscription is managed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionPage {
    /// The subscription.
    pub row: DocumentRow,
    /// How it recurs.
    pub recurrence: String,
    /// When the next invoice is, in words.
    pub next: Option<String>,
    /// What it costs each time.
    pub amount: Option<Money>,
    /// What the reader can do to it.
    pub actions: Vec<SubscriptionAction>,
    /// What was done before, the newest first.
    pub changes: Vec<SubscriptionChange>,
    /// The card that pays its invoices, if one does.
    pub paid_by: Option<String>,
    /// Whether the reader may choose that card.
    pub may_change: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_can_be_done_no_more() {
        for state in [DocumentState::Active, DocumentState::Paused, DocumentState::Ended] {
            for action in SubscriptionAction::on(state) {
                assert!(
                    !SubscriptionAction::on(action.leads_to()).contains(&action.to_owned())
                        || *action == SubscriptionAction::Cancel
                );
                assert_ne!(action.leads_to(), state);
            }
        }
        assert!(SubscriptionAction::on(DocumentState::Ended).is_empty(), "what ended stays so");
        assert!(SubscriptionAction::on(DocumentState::Draft).is_empty());
    }
}

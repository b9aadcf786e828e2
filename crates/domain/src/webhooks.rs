//! Webhooks: addresses of other programs that are told what happens here.

use serde::{Deserialize, Serialize};

use crate::ids::{DeliveryId, WebhookId};

/// Something that other programs are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WebhookEvent {
    /// A contact was granted portal access.
    AccessGranted,
    /// A customer accepted a quotation.
    QuotationAccepted,
    /// A customer declined a quotation.
    QuotationDeclined,
    /// A customer signed what a signature was asked for.
    DocumentSigned,
    /// A customer declined to sign.
    DocumentDeclined,
    /// A customer opened a ticket.
    TicketCreated,
    /// A customer or staff wrote on a document; not what staff note among themselves.
    MessageWritten,
    /// Money was paid on a document, in full or in part.
    DocumentPaid,
    /// A customer paused, resumed or ended a subscription.
    SubscriptionChanged,
    /// Staff try whether a webhook works.
    Test,
}

impl WebhookEvent {
    /// Those that a webhook can be told of. Each one is told of its own test.
    pub const CHOICES: [Self; 9] = [
        Self::AccessGranted,
        Self::QuotationAccepted,
        Self::QuotationDeclined,
        Self::DocumentSigned,
        Self::DocumentDeclined,
        Self::TicketCreated,
        Self::MessageWritten,
        Self::DocumentPaid,
        Self::SubscriptionChanged,
    ];

    /// The word in the database and in what is sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AccessGranted => "access.granted",
            Self::QuotationAccepted => "quotation.accepted",
            Self::QuotationDeclined => "quotation.declined",
            Self::DocumentSigned => "document.signed",
            Self::DocumentDeclined => "document.declined",
            Self::TicketCreated => "ticket.created",
            Self::MessageWritten => "message.written",
            Self::DocumentPaid => "document.paid",
            Self::SubscriptionChanged => "subscription.changed",
            Self::Test => "test",
        }
    }

    /// The event of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().chain([Self::Test]).find(|event| event.code() == code)
    }

    /// The words on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AccessGranted => "Portal access granted",
            Self::QuotationAccepted => "Quotation accepted",
            Self::QuotationDeclined => "Quotation declined",
            Self::DocumentSigned => "Document signed",
            Self::DocumentDeclined => "Signature declined",
            Self::TicketCreated => "Ticket created",
            Self::MessageWritten => "Message written",
            Self::DocumentPaid => "Payment received",
            Self::SubscriptionChanged => "Subscription changed",
            Self::Test => "Test",
        }
    }
}

/// Longest address of a webhook.
pub const MAX_URL: usize = 500;

/// A new webhook as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookForm {
    /// Where to.
    pub url: String,
    /// Codes of events.
    pub events: Vec<String>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliveryState {
    /// Waits for its next try.
    Queued,
    /// Was answered with a 2xx.
    Delivered,
    /// Was given up; staff can send it again.
    Failed,
}

impl DeliveryState {
    const ALL: [Self; 3] = [Self::Queued, Self::Delivered, Self::Failed];

    /// The word in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The word on screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Delivered => "Delivered",
            Self::Failed => "Given up",
        }
    }
}

/// A webhook as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookRow {
    /// Webhook.
    pub id: WebhookId,
    /// Where to, without what follows a question mark.
    pub address: String,
    /// Of what it is told.
    pub events: Vec<WebhookEvent>,
    /// Who made it, and when.
    pub made: String,
    /// Since when nothing is sent.
    pub paused_since: Option<String>,
    /// When something was delivered last.
    pub last_delivered: Option<String>,
    /// Since when every try failed, and why the last one did.
    pub failing: Option<(String, String)>,
}

/// Something that a webhook was told, or will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Delivery; the receiver gets it as `webhook-id`.
    pub id: DeliveryId,
    /// Where to, as the webhook's row has it.
    pub address: String,
    /// What happened.
    pub event: String,
    /// When it happened.
    pub created: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it was delivered, or is tried next.
    pub when: Option<String>,
    /// Tries that are over.
    pub attempts: i32,
    /// Why the last one failed.
    pub error: Option<String>,
}

/// The page of webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksPage {
    /// Every webhook, newest first.
    pub webhooks: Vec<WebhookRow>,
    /// What they were told last, newest first.
    pub deliveries: Vec<DeliveryRow>,
    /// Whether the password is asked for now.
    pub needs_password: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_to_events_and_states() {
        for event in WebhookEvent::CHOICES {
            assert_eq!(WebhookEvent::parse(event.code()), Some(event));
        }
        assert_eq!(WebhookEvent::parse("test"), Some(WebhookEvent::Test));
        assert_eq!(WebhookEvent::parse("access"), None);
        for state in DeliveryState::ALL {
            assert_eq!(DeliveryState::parse(state.code()), Some(state));
        }
    }
}

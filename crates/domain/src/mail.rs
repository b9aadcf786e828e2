//! The outbox as staff see it.

use serde::{Deserialize, Serialize};

use crate::{Instant, ids::MailId, page::PageRequest};

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailState {
    /// Waits for its next try.
    Queued,
    /// Was handed to the mail server.
    Sent,
    /// Was given up; staff can send it again.
    Failed,
}

impl MailState {
    /// The word in the database and in URLs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of a word.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Queued, Self::Sent, Self::Failed].into_iter().find(|state| state.code() == code)
    }

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Sent => "Sent",
            Self::Failed => "Failed",
        }
    }
}

/// Which mails are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListMailRequest {
    /// Only those in this state.
    pub state: Option<MailState>,
    /// Which page.
    pub page: PageRequest,
}

/// A mail in the list at `/staff/mail`. The body stays on the server: it may hold a link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailRow {
    /// The mail.
    pub id: MailId,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Where it stands.
    pub state: MailState,
    /// How often sending was tried.
    pub attempts: i32,
    /// When it was written.
    pub created: Instant,
    /// When it is tried next, while queued.
    pub next_try: Option<Instant>,
    /// When it was sent.
    pub sent: Option<Instant>,
    /// Why the last try failed.
    pub error: Option<String>,
}

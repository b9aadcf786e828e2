//! What mails are about, as far as people choose whether they get them.

use serde::{Deserialize, Serialize};

use crate::documents::DocumentKind;

/// What a mail is about. Mails about the account itself, such as links that were asked for and what keeps it safe,
/// belong to none of these: everybody gets them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailArea {
    /// New and changed documents of a kind.
    News(DocumentKind),
    /// Answers to tickets.
    TicketReplies,
    /// Payments, receipts and reminders.
    Payments,
}

impl MailArea {
    /// Every area, in the order in which they are offered. Of tickets there are answers, and no other news.
    pub fn all() -> impl Iterator<Item = Self> {
        let news = DocumentKind::ALL.into_iter().filter(|kind| *kind != DocumentKind::Ticket).map(Self::News);
        news.chain([Self::TicketReplies, Self::Payments])
    }

    /// The word in the database and in forms.
    pub fn code(self) -> String {
        match self {
            Self::News(kind) => format!("news-{}", kind.code()),
            Self::TicketReplies => "ticket-replies".to_owned(),
            Self::Payments => "payments".to_owned(),
        }
    }

    /// The kind of documents that somebody has to see for these mails to concern them.
    pub fn kind(self) -> DocumentKind {
        match self {
            Self::News(kind) => kind,
            Self::TicketReplies => DocumentKind::Ticket,
            Self::Payments => DocumentKind::Invoice,
        }
    }

    /// The words on screen.
    pub fn label(self) -> String {
        match self {
            Self::News(kind) => format!("News of {}", kind.label()),
            Self::TicketReplies => "Replies to tickets".to_owned(),
            Self::Payments => "Payments and reminders".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_area_has_a_code_and_a_label_of_its_own() {
        let areas: Vec<MailArea> = MailArea::all().collect();
        let codes: HashSet<String> = areas.iter().map(|area| area.code()).collect();
        let labels: HashSet<String> = areas.iter().map(|area| area.label()).collect();
        assert_eq!((codes.len(), labels.len()), (areas.len(), areas.len()));
        assert!(areas.len() == DocumentKind::ALL.len() + 1 && codes.contains("payments"));
    }
}

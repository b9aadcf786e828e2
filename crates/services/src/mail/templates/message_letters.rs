//! What people are told of messages on documents that they follow.

use super::{
    Rendered, UserLetters,
    user_letters::{Action, set},
};
use domain::Instant;

use crate::{ServiceResult, mail::one_line::one_line};

/// Letters of a message that a mail shows; the page has all of it.
const MOST: usize = 2_000;

/// What happened on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    Message,
    /// An internal note.
    Note,
    /// A customer opened the ticket.
    NewTicket,
    /// The ticket was closed.
    Closed,
    /// The ticket was opened again.
    Reopened,
    /// A customer paused the subscription.
    Paused,
    /// A customer resumed the subscription.
    Resumed,
    /// A customer ended the subscription.
    Ended,
    /// A customer accepted or signed the document.
    Accepted,
    /// A customer declined the document.
    Declined,
}

impl Happening {
    fn title(self) -> &'static str {
        match self {
            Self::Message => "A new message",
            Self::Note => "A new internal note",
            Self::NewTicket => "A new ticket",
            Self::Closed => "A ticket was closed",
            Self::Reopened => "A ticket was opened again",
            Self::Paused => "A subscription was paused",
            Self::Resumed => "A subscription was resumed",
            Self::Ended => "A subscription was canceled",
            Self::Accepted => "A document was accepted",
            Self::Declined => "A document was declined",
        }
    }

    fn told(self, author: &str, document: &str) -> String {
        match self {
            Self::Message => format!("{author} wrote a message on {document}"),
            Self::Note => format!("{author} wrote an internal note on {document}"),
            Self::NewTicket => format!("{author} opened the ticket {document}"),
            Self::Closed => format!("{author} closed the ticket {document}"),
            Self::Reopened => format!("{author} opened the ticket {document} again"),
            Self::Paused => format!("{author} paused the subscription {document}"),
            Self::Resumed => format!("{author} resumed the subscription {document}"),
            Self::Ended => format!("{author} canceled the subscription {document}"),
            Self::Accepted => format!("{author} accepted {document}"),
            Self::Declined => format!("{author} declined {document}"),
        }
    }

    fn subject(self, author: &str, document: &str) -> String {
        match self {
            Self::Message | Self::Note => format!("{author} wrote on {document}"),
            other => other.told(author, document),
        }
    }
}

/// Somebody wrote on a document, or did something to it.
#[derive(Clone, Debug)]
pub(crate) struct NewMessage<'a> {
    pub author: &'a str,
    /// What people call the document.
    pub document: &'a str,
    pub what: Happening,
    pub text: &'a str,
    pub files: Vec<&'a str>,
    /// The conversation.
    pub link: String,
    /// To somebody on the staff side.
    pub is_staff: bool,
}

impl UserLetters {
    /// The recipient accepted or signed a document: what they keep of it.
    pub(crate) fn you_accepted(&self, document: &str, at: Instant, link: &str) -> ServiceResult<Rendered> {
        let (document, when) = (one_line(document), at.display());
        let mut words = self.words(
            "You accepted a document",
            format!("You accepted {document} on {when}."),
            vec![format!(
                "You accepted {document} of {} on {when}. The signed PDF, with the certificate of your signature, is \
                 kept for you.",
                self.business()
            )],
        );
        words.action = Some(Action {
            ask: "Open the document here and download the signed PDF:",
            label: "Open the document",
            link: link.to_owned(),
        });
        words.after.push(self.alarm("If that was not you, change your password, and"));
        set(format!("You accepted {document}"), &words)
    }

    /// Somebody wrote on a document that the recipient follows.
    pub(crate) fn new_message(&self, message: &NewMessage<'_>) -> ServiceResult<Rendered> {
        let (author, document) = (one_line(message.author), one_line(message.document));
        let told = message.what.told(&author, &document);
        let stop = if message.text.is_empty() { '.' } else { ':' };
        let mut words = self.words(message.what.title(), format!("{told}."), vec![format!("{told}{stop}")]);
        let shown: String = message.text.chars().take(MOST).collect();
        words
            .paragraphs
            .extend(shown.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        if message.text.chars().count() > MOST {
            words.paragraphs.push("The rest is in the conversation.".to_owned());
        }
        if !message.files.is_empty() {
            words.facts = message.files.iter().map(|name| ("File", one_line(name))).collect();
        }
        words.action = Some(Action {
            ask: "Read it and answer here; an answer to this mail does not get there:",
            label: "Open the conversation",
            link: message.link.clone(),
        });
        words.footer = match (message.is_staff, self.login.is_empty()) {
            (true, true) => {
                "You get this mail because this is the business’s address for questions, and nobody of its \
                             staff follows the document."
                    .to_owned()
            }
            (true, false) => {
                format!("You get this mail because you follow {document}. Unfollow it on its page.")
            }
            (false, _) => format!(
                "You get this mail because you follow {document}. Unfollow it on its page, or choose your mails under \
                 Notifications and privacy."
            ),
        };
        set(message.what.subject(&author, &document), &words)
    }
}

#[cfg(test)]
pub(in crate::mail) fn sample() -> Vec<(&'static str, ServiceResult<Rendered>)> {
    let letters = UserLetters {
        business: "Rivet & Söhne".to_owned(),
        support_email: "help@rivet.example".to_owned(),
        name: "Ann <Good>".to_owned(),
        login: "ann@acme.example".to_owned(),
    };
    let to_customer = NewMessage {
        author: "Rita\r\nBcc: x",
        document: "INV/2026/00042",
        what: Happening::Message,
        text: "Dear Ann,\n\nthe <b>desk</b> leaves on Monday.\nRita",
        files: vec!["delivery-note.pdf", "photo.jpg"],
        link: "https://portal.rivet.example/my/invoices/1#messages".to_owned(),
        is_staff: false,
    };
    let to_staff = NewMessage {
        author: "Ann",
        text: "Thank you.",
        files: Vec::new(),
        link: "https://portal.rivet.example/staff/documents/1#messages".to_owned(),
        is_staff: true,
        ..to_customer.clone()
    };
    let closed = NewMessage { what: Happening::Closed, text: "", document: "T00042", ..to_customer.clone() };
    let accepted = NewMessage { what: Happening::Accepted, text: "", document: "S00042", ..to_staff.clone() };
    let opened = NewMessage { what: Happening::NewTicket, document: "T00042", ..to_staff.clone() };
    vec![
        (
            "accepted-by-you",
            letters.you_accepted(
                "S00042",
                Instant::from_millis(1_795_338_300_000),
                "https://portal.rivet.example/my/sales/1#messages",
            ),
        ),
        ("accepted-to-staff", letters.new_message(&accepted)),
        ("ticket-closed", letters.new_message(&closed)),
        ("ticket-opened", letters.new_message(&opened)),
        ("message-to-customer", letters.new_message(&to_customer)),
        ("message-to-staff", letters.new_message(&to_staff)),
        ("note-to-staff", letters.new_message(&NewMessage { what: Happening::Note, ..to_staff.clone() })),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_unfilled_and_nothing_is_markup() {
        for (name, rendered) in sample() {
            let Rendered { subject, text, html } = rendered.expect("renders");
            assert!(!subject.contains(['\r', '\n']), "{name}: {subject}");
            for part in [&text, &html] {
                assert!(
                    !part.contains("{{") && !part.contains("}}") && part.contains("#messages"),
                    "{name}\n{part}"
                );
            }
            assert!(!html.contains("<b>desk") && !html.contains("<Good>"), "{html}");
        }
    }
}

//! What people are told about the email address in their details, and staff about what customers ask for.

use domain::Instant;

use super::{
    Rendered, UserLetters,
    user_letters::{Action, set},
};
use crate::{ServiceResult, mail::one_line::one_line};

impl UserLetters {
    /// The link that confirms a new email address, to that address.
    pub(crate) fn confirm_email(&self, link: &str, expires: Instant) -> ServiceResult<Rendered> {
        let Self { business, .. } = self;
        let until = expires.display();
        let mut words = self.words(
            "Confirm your email address",
            format!("The link works until {until}."),
            vec![format!(
                "Somebody who is logged in to the portal of {business} wants mail about their account to come to \
                 this address."
            )],
        );
        words.action = Some(Action {
            ask: "To confirm that it is yours, open this address:",
            label: "Confirm the address",
            link: link.to_owned(),
        });
        words.after.push(format!("The link works once, until {until}. Until then nothing changes."));
        "If you do not know about this, ignore the mail: without the link the address is not used."
            .clone_into(&mut words.footer);
        set(format!("Confirm your email address for {business}"), &words)
    }

    /// Somebody asked for another email address, to the one that is recorded.
    pub(crate) fn email_change_asked(&self, new: &str) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let mut words = self.words(
            "A new email address was asked for",
            format!("It becomes {new} once that is confirmed."),
            vec![
                format!(
                    "The email address in your details at {business} becomes {new} as soon as it is confirmed by \
                     the link that we sent there."
                ),
                format!("You log in with {login} as before."),
            ],
        );
        words.after.push(self.alarm("If that was not you, change your password, and"));
        set(format!("Your email address at {business} is about to change"), &words)
    }

    /// The email address in the details is another one now; told to the old address, or to the new one.
    pub(crate) fn email_changed(&self, old: &str, new: &str, is_to_old: bool) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let before = if old.is_empty() { String::new() } else { format!(" Until now it was {old}.") };
        let mut words = self.words(
            "Your email address has changed",
            format!("It is {new} now."),
            vec![
                format!("The email address in your details at {business} is {new} now.{before}"),
                format!("You log in with {login} as before."),
            ],
        );
        if is_to_old {
            words
                .paragraphs
                .push("You get this at your old address so that no change goes unnoticed.".to_owned());
        }
        words.after.push(self.alarm("If you did not expect this,"));
        set(format!("Your email address at {business} has changed"), &words)
    }

    /// What a customer asks staff to change, to the business itself.
    pub(crate) fn change_requested(
        &self,
        who: &str,
        customer: &str,
        request: &str,
        link: &str,
    ) -> ServiceResult<Rendered> {
        let (who, customer) = (one_line(who), one_line(customer));
        let whose = if who == customer { who.clone() } else { format!("{who} of {customer}") };
        let mut words = self.words(
            "A customer asks for a change",
            format!("{whose} asks for a change of their details."),
            vec![format!(
                "{whose} asks for a change of details that are locked because documents were issued. They wrote:"
            )],
        );
        words
            .paragraphs
            .extend(request.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        words.action = Some(Action {
            ask: "The customer’s page:",
            label: "Open the customer’s page",
            link: link.to_owned(),
        });
        words.after.push(format!("They log in with {}. The request is in the audit trail too.", self.login));
        "You get this mail because this is the business’s address for questions."
            .clone_into(&mut words.footer);
        set(format!("{whose} asks for a change of details"), &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters() -> UserLetters {
        UserLetters {
            business: "Rivet & Söhne".to_owned(),
            support_email: "help@rivet.example".to_owned(),
            name: "Ann <Good>".to_owned(),
            login: "ann@acme.example".to_owned(),
        }
    }

    #[test]
    fn nothing_is_left_unfilled() {
        let link = "https://portal.rivet.example/confirm/AbC-_123";
        let letters = letters();
        let mails = [
            letters.confirm_email(link, Instant::from_millis(1_795_338_300_000)),
            letters.email_change_asked("new@acme.example"),
            letters.email_changed("old@acme.example", "new@acme.example", true),
            letters.email_changed("", "new@acme.example", false),
            letters.change_requested("Ann\r\nBcc: x", "Acme", "<b>One</b>\n\nTwo", link),
        ];
        for Rendered { subject, text, html } in mails.into_iter().map(|mail| mail.expect("renders")) {
            assert!(!subject.contains(['\r', '\n']), "{subject}");
            for part in [&text, &html] {
                for left in ["{{", "{%", "}}", "%}", "Some(", " .", " ,", "Bcc: x\n"] {
                    assert!(!part.contains(left), "{left}\n{part}");
                }
            }
            assert!(
                !text.contains("\n\n\n") && !html.contains("<b>One") && !html.contains("<Good>"),
                "{html}"
            );
        }
    }
}

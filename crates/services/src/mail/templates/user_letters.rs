//! What users are told about their login.

mod account;

use askama::Template;
use domain::{Instant, access::StaffRole};

pub(crate) use self::account::{ClosedAccount, NewSignIn};
use super::Rendered;
use crate::{Cx, ServiceError, ServiceResult, auth::reset_link::Asker, mail::one_line::one_line};

/// The words that the mails to a user have in common.
#[derive(Clone, Debug)]
pub(crate) struct UserLetters {
    pub(super) business: String,
    pub(super) support_email: String,
    pub(super) name: String,
    pub(super) login: String,
}

/// A mail's words, ready to be set.
pub(super) struct Words {
    pub(super) business: String,
    pub(super) support_email: String,
    pub(super) name: String,
    pub(super) preview: String,
    pub(super) title: &'static str,
    pub(super) paragraphs: Vec<String>,
    /// What happened, point by point: a name and its value.
    pub(super) facts: Vec<(&'static str, String)>,
    /// What is to be said of them.
    pub(super) facts_after: Vec<String>,
    pub(super) action: Option<Action>,
    pub(super) after: Vec<String>,
    /// Whether it says how to reach the business.
    pub(super) has_help: bool,
    pub(super) footer: String,
}

/// The link that a mail is about.
pub(super) struct Action {
    /// What to do, before the bare link.
    pub(super) ask: &'static str,
    /// What the button says.
    pub(super) label: &'static str,
    pub(super) link: String,
}

#[derive(Template)]
#[template(path = "mail/letter.txt")]
struct Text<'a> {
    mail: &'a Words,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'a> {
    mail: &'a Words,
}

impl UserLetters {
    /// Mails to the user of a name and a login.
    pub(crate) fn new(cx: &Cx, name: &str, login: &str) -> Self {
        Self {
            business: one_line(&cx.config().business),
            support_email: one_line(&cx.config().support_email),
            name: one_line(name),
            login: login.to_owned(),
        }
    }

    pub(super) fn business(&self) -> &str {
        &self.business
    }

    pub(super) fn login(&self) -> &str {
        &self.login
    }

    pub(super) fn words(&self, title: &'static str, preview: String, paragraphs: Vec<String>) -> Words {
        Words {
            business: self.business.clone(),
            support_email: self.support_email.clone(),
            name: self.name.clone(),
            preview,
            title,
            paragraphs,
            facts: Vec::new(),
            facts_after: Vec::new(),
            action: None,
            after: Vec::new(),
            has_help: true,
            footer: format!("You get this mail because you have a login at {}.", self.business),
        }
    }

    /// The login is another one now; told to the old address, or to the new one.
    pub(crate) fn login_changed(&self, old: &str, is_to_old: bool) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let mut words = self.words(
            "Your login has changed",
            format!("You now log in with {login}."),
            vec![
                format!(
                    "From now on you log in to the portal of {business} with {login}. Until now it was {old}."
                ),
                "Your password stays as it is, and so do the email address and the other details that we have on \
                 record for you."
                    .to_owned(),
            ],
        );
        if is_to_old {
            words
                .paragraphs
                .push("You get this at your old address so that no change goes unnoticed.".to_owned());
        }
        words.after.push(self.alarm("If you did not expect this,"));
        set(format!("Your login for {business} has changed"), &words)
    }

    /// A link that sets a new password.
    pub(crate) fn password_reset(
        &self,
        asker: Asker,
        link: &str,
        expires: Instant,
    ) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let until = expires.display();
        let why = match asker {
            Asker::Staff => {
                format!(
                    "{business} sends you this link so that you can set a new password for your login {login}."
                )
            }
            Asker::Owner => {
                format!(
                    "Somebody, you most likely, asked for a new password for your login {login} at {business}."
                )
            }
        };
        let title = "Set a new password";
        let mut words = self.words(title, format!("The link works until {until}."), vec![why]);
        words.action = Some(Action {
            ask: "To choose the new password, open this address:",
            label: "Set a new password",
            link: link.to_owned(),
        });
        words.after.push(format!(
            "The link works once, until {until}. Until you have set a new password, nothing changes."
        ));
        "If you did not ask for this, ignore the mail. Please do not pass it on: whoever opens the link can set \
         your password."
            .clone_into(&mut words.footer);
        set(format!("Set a new password for {business}"), &words)
    }

    /// The password is another one now; `who` was logged out.
    pub(crate) fn password_changed(&self, when: Instant, who: &str) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let mut words = self.words(
            "Your password was changed",
            format!("The password of {login} was changed."),
            vec![
                format!(
                    "The password of your login {login} at {business} was changed on {}. {who} that was logged in \
                     with it was logged out.",
                    when.display()
                ),
                "If that was you, there is nothing to do.".to_owned(),
            ],
        );
        words.after.push(self.alarm("If it was not you,"));
        set(format!("Your password for {business} was changed"), &words)
    }

    /// The link by which a new staff user chooses a password.
    pub(crate) fn staff_invitation(
        &self,
        inviter: Option<&str>,
        role: StaffRole,
        link: &str,
        expires: Instant,
    ) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let until = expires.display();
        let begun = match inviter.map(one_line).filter(|inviter| !inviter.is_empty()) {
            Some(inviter) => {
                format!("{inviter} has made a staff account for you in the customer portal of {business}.")
            }
            None => format!("There is a staff account for you in the customer portal of {business}."),
        };
        let mut words = self.words(
            "Welcome to the team’s portal",
            format!("Activate your account until {until}."),
            vec![format!("{begun} You belong to the group {}.", role.label())],
        );
        words.action = Some(Action {
            ask: "To activate your account, open this address and choose a password:",
            label: "Activate your account",
            link: link.to_owned(),
        });
        words
            .after
            .push(format!("The link works once, until {until}. From then on you log in with {login}."));
        "If you did not expect this mail, ignore it. Please do not pass it on: whoever opens the link can sign in \
         as you."
            .clone_into(&mut words.footer);
        set(format!("Your staff account at {business}"), &words)
    }

    pub(super) fn alarm(&self, condition: &str) -> String {
        if self.support_email.is_empty() {
            format!("{condition} tell {} at once.", self.business)
        } else {
            format!("{condition} write to {} at once.", self.support_email)
        }
    }
}

pub(super) fn set(subject: String, words: &Words) -> ServiceResult<Rendered> {
    let text = Text { mail: words }.render().map_err(ServiceError::internal)?;
    let html = Html { mail: words }.render().map_err(ServiceError::internal)?;
    Ok(Rendered { subject, text, html })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://portal.rivet.example/reset/AbC-_123";

    fn letters() -> UserLetters {
        UserLetters {
            business: "Rivet & Söhne".to_owned(),
            support_email: "help@rivet.example".to_owned(),
            name: "Ann <Good>".to_owned(),
            login: "ann@new.example".to_owned(),
        }
    }

    fn all(letters: &UserLetters) -> Vec<Rendered> {
        let when = Instant::from_millis(1_795_338_300_000);
        vec![
            letters.login_changed("ann@old.example", true).expect("renders"),
            letters.login_changed("ann@old.example", false).expect("renders"),
            letters.password_reset(Asker::Staff, LINK, when).expect("renders"),
            letters.password_changed(when, "Every browser").expect("renders"),
            letters
                .staff_invitation(Some("Bo\r\nBcc: x"), StaffRole::ContactManager, LINK, when)
                .expect("renders"),
            letters.password_reset(Asker::Owner, LINK, when).expect("renders"),
            letters.staff_invitation(None, StaffRole::Staff, LINK, when).expect("renders"),
        ]
    }

    #[test]
    fn nothing_is_left_unfilled_or_uneven() {
        let quiet = UserLetters { support_email: String::new(), name: String::new(), ..letters() };
        for Rendered { subject, text, html } in all(&letters()).iter().chain(&all(&quiet)) {
            assert!(!subject.contains(['\r', '\n']) && subject.contains("Rivet & Söhne"), "{subject}");
            for part in [text, html] {
                for left in ["{{", "{%", "}}", "%}", "Some(", " .", " ,", "  ", "Bcc: x\n"] {
                    assert!(!part.contains(left), "{left}\n{part}");
                }
            }
            assert!(!text.contains("\n\n\n") && text.ends_with('.'), "{text}");
            assert!(html.contains("Rivet &#38; Söhne") && !html.contains("<Good>"), "{html}");
        }
    }

    #[test]
    fn a_link_stands_alone_in_the_text_and_is_the_button_in_the_html() {
        let mails = all(&letters());
        for Rendered { text, html, .. } in [&mails[2], &mails[4], &mails[5], &mails[6]] {
            assert_eq!(text.lines().filter(|line| *line == LINK).count(), 1, "{text}");
            assert_eq!(html.matches(&format!("href=\"{LINK}\"")).count(), 1, "{html}");
            assert!(text.contains("works once, until "), "{text}");
        }
        for Rendered { text, html, .. } in [&mails[0], &mails[1], &mails[3]] {
            assert!(!text.contains("http") && !html.contains("class=\"button\""), "{text}");
        }
    }

    #[test]
    fn a_changed_login_names_both() {
        let mails = all(&letters());
        for Rendered { text, html, .. } in &mails[..2] {
            for part in [text, html] {
                assert!(part.contains("ann@old.example") && part.contains("ann@new.example"), "{part}");
            }
        }
        assert!(mails[0].text.contains("your old address") && !mails[1].text.contains("your old address"));
    }
}

//! What people are told about where they log in, and of the end of their account.

use domain::users::{browser, system};

use super::{Action, Rendered, UserLetters, set};
use crate::{ServiceResult, mail::one_line::one_line};

/// A sign-in as its owner is told of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewSignIn<'a> {
    /// The user agent, as it came.
    pub agent: &'a str,
    /// The network address.
    pub address: &'a str,
    /// When, in the business's time.
    pub when: &'a str,
    /// Where sessions can be ended.
    pub security: &'a str,
}

/// An account that its owner closed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosedAccount<'a> {
    /// When, in the business's time.
    pub when: &'a str,
    /// The companies that it belonged to.
    pub companies: &'a [String],
    /// The contacts of which email, phone and address were cleared.
    pub forgotten: &'a [String],
    /// The contacts that stay as they are.
    pub kept: &'a [String],
}

/// A browser and system in words. What a program that is not known calls itself stays out of mails: whoever signs in
/// could write there what they like.
fn device(agent: &str) -> String {
    match (browser(agent), system(agent)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "An unknown device".to_owned(),
    }
}

impl UserLetters {
    /// Somebody logged in from a browser that was not seen before.
    pub(crate) fn new_sign_in(&self, sign_in: &NewSignIn<'_>) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let mut words = self.words(
            "New sign-in",
            format!("{login} was used in a browser that is new to us."),
            vec![format!(
                "Your login {login} at {business} was used in a browser that we have not seen you in before:"
            )],
        );
        words.facts = vec![
            ("Browser", browser(sign_in.agent).unwrap_or("Unknown").to_owned()),
            ("System", system(sign_in.agent).unwrap_or("Unknown").to_owned()),
            ("Address", one_line(sign_in.address)),
            ("Time", sign_in.when.to_owned()),
        ];
        words.facts_after = vec![
            "If that was you, there is nothing to do.".to_owned(),
            "If it was not you, somebody knows your password. End that session, then change the password."
                .to_owned(),
        ];
        words.action = Some(Action {
            ask: "Where you are logged in, and your password, are here:",
            label: "Open Security",
            link: sign_in.security.to_owned(),
        });
        words.after.push(self.alarm("If you cannot log in any more,"));
        set(format!("New sign-in at {business}"), &words)
    }

    /// Codes are asked for on some devices again.
    pub(crate) fn trust_ended(&self, agents: &[&str], when: &str) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let (title, told) = match agents {
            [_] => ("A trusted device was removed", "a device is no longer trusted"),
            _ => ("Trusted devices were removed", "some devices are no longer trusted"),
        };
        let mut words = self.words(
            title,
            format!("Logging in there asks {login} for a code again."),
            vec![format!(
                "Since {when}, {told} for your login {login} at {business}. The next time that you log in there, you \
                 are asked for a code:"
            )],
        );
        words.facts = agents.iter().map(|agent| ("Device", device(agent))).collect();
        words.facts_after = vec!["If that was you, there is nothing to do.".to_owned()];
        words.after.push(self.alarm("If it was not you,"));
        set(format!("{title} at {business}"), &words)
    }

    /// The last mail to somebody who closed their account.
    pub(crate) fn account_closed(&self, closed: &ClosedAccount<'_>) -> ServiceResult<Rendered> {
        let Self { business, login, .. } = self;
        let mut words = self.words(
            "Your account is closed",
            format!("{login} can no longer log in."),
            vec![
                format!(
                    "As you asked, your account {login} at {business} was closed on {}. You were logged out \
                     everywhere, and nobody can log in with it any more.",
                    closed.when
                ),
                "What went with it: your password and everything that you logged in with, the devices that we knew, \
                 your choice of mails, and your access to all companies."
                    .to_owned(),
            ],
        );
        if !closed.forgotten.is_empty() {
            words.paragraphs.push(format!(
                "The email address, phone number and postal address that {business} had of you were cleared."
            ));
        }
        words.paragraphs.push(format!(
            "What stays: {business} keeps your name{}, the documents that were issued to you or your company, and the \
             record of who did what in the portal, because the books must hold them.",
            if closed.kept.is_empty() { "" } else { " and how to reach you" }
        ));
        words.after.push(self.alarm("If you did not close it,"));
        format!("This is the last mail about your login at {business}.").clone_into(&mut words.footer);
        set(format!("Your account at {business} is closed"), &words)
    }

    /// Tells the business that a customer closed their account; the letters are the customer's.
    pub(crate) fn customer_left(
        &self,
        closed: &ClosedAccount<'_>,
        contact: Option<String>,
    ) -> ServiceResult<Rendered> {
        let Self { business, login, name, .. } = self;
        let who = if name.is_empty() { login } else { name };
        let to_staff = Self { name: String::new(), support_email: String::new(), ..self.clone() };
        let mut words = to_staff.words(
            "A customer closed their account",
            format!("{who} can no longer log in."),
            vec![format!(
                "{who} closed their account in the portal of {business}. Their access ended at once and cannot be \
                 restored; to let them in again, grant access anew."
            )],
        );
        words.facts = vec![("Name", who.clone()), ("Login", login.clone()), ("Time", closed.when.to_owned())];
        words.facts.extend(closed.companies.iter().map(|company| ("Company", one_line(company))));
        if !closed.forgotten.is_empty() {
            words.facts_after.push(format!(
                "Email, phone and postal address were cleared of {}, which no document names.",
                one_line(&closed.forgotten.join(", "))
            ));
        }
        if !closed.kept.is_empty() {
            words.facts_after.push(format!(
                "{} stays as it is, because documents name it or it is a company.",
                one_line(&closed.kept.join(", "))
            ));
        }
        words.action =
            contact.map(|link| Action { ask: "The contact is here:", label: "Open the contact", link });
        words.has_help = false;
        format!("You get this mail because you look after the portal of {business}.")
            .clone_into(&mut words.footer);
        set(format!("{who} closed their account at {business}"), &words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";
    const WHEN: &str = "25 Nov 2026, 13:05 CET";

    fn letters(support_email: &str) -> UserLetters {
        UserLetters {
            business: "Rivet & Söhne".to_owned(),
            support_email: support_email.to_owned(),
            name: "Ann <Good>".to_owned(),
            login: "ann@acme.example".to_owned(),
        }
    }

    fn all(letters: &UserLetters) -> Vec<Rendered> {
        let security = "https://portal.rivet.example/my/security";
        let sign_in = NewSignIn { agent: CHROME, address: "192.0.2.7", when: WHEN, security };
        let acme = ["Acme".to_owned()];
        let closed = ClosedAccount { when: WHEN, companies: &acme, forgotten: &acme, kept: &[] };
        let kept = ClosedAccount { forgotten: &[], kept: &acme, ..closed };
        let link = || Some("https://portal.rivet.example/staff/contacts/1".to_owned());
        vec![
            letters.new_sign_in(&sign_in).expect("renders"),
            letters.trust_ended(&[CHROME], WHEN).expect("renders"),
            letters.trust_ended(&[CHROME, "x"], WHEN).expect("renders"),
            letters.account_closed(&closed).expect("renders"),
            letters.account_closed(&kept).expect("renders"),
            letters.customer_left(&closed, link()).expect("renders"),
            letters.customer_left(&kept, None).expect("renders"),
        ]
    }

    #[test]
    fn nothing_is_left_unfilled_or_uneven() {
        for Rendered { subject, text, html } in
            all(&letters("help@rivet.example")).iter().chain(&all(&letters("")))
        {
            assert!(!subject.contains(['\r', '\n']) && subject.contains("Rivet & Söhne"), "{subject}");
            for part in [text, html] {
                for left in ["{{", "{%", "}}", "%}", "Some(", " .", " ,", "  "] {
                    assert!(!part.contains(left), "{left}\n{part}");
                }
            }
            assert!(!text.contains("\n\n\n") && text.ends_with('.'), "{text}");
            assert!(html.contains("Rivet &#38; Söhne") && !html.contains("<Good>"), "{html}");
        }
    }

    #[test]
    fn a_new_sign_in_says_from_where_and_what_to_do() {
        let mail = &all(&letters("help@rivet.example"))[0];
        for told in ["Browser: Chrome", "System: Linux", "Address: 192.0.2.7", "Time: 25 Nov 2026, 13:05 CET"]
        {
            assert!(mail.text.contains(told), "{told}\n{}", mail.text);
        }
        for part in [&mail.text, &mail.html] {
            assert!(part.contains("/my/security") && part.contains("help@rivet.example"), "{part}");
        }
    }

    #[test]
    fn what_a_browser_calls_itself_stays_out() {
        let sign_in = NewSignIn {
            agent: "Call 0900 1234 now",
            address: "192.0.2.7\r\nBcc: x",
            when: WHEN,
            security: "https://portal.rivet.example/my/security",
        };
        let mail = letters("").new_sign_in(&sign_in).expect("renders");
        assert!(!mail.text.contains("0900") && mail.text.contains("Browser: Unknown"), "{}", mail.text);
        assert!(!mail.text.contains("\nBcc"), "{}", mail.text);
    }
}

mod user_letters;

pub(crate) use user_letters::UserLetters;

use askama::Template;
use domain::Instant;

use super::one_line::{lines, one_line};
use crate::{ServiceError, ServiceResult};

/// A mail's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// What an invitation says.
#[derive(Clone, Debug)]
pub(crate) struct InvitationMail<'a> {
    /// The business that invites.
    pub business: &'a str,
    /// Where to ask for help; may be empty.
    pub support_email: &'a str,
    /// The recipient's name.
    pub name: &'a str,
    /// The company whose documents they will see.
    pub company: &'a str,
    /// What they sign in with.
    pub login: &'a str,
    /// The link.
    pub link: &'a str,
    /// Until when the link works.
    pub expires: Instant,
    /// What staff added; may be empty.
    pub message: &'a str,
    /// Whether they have a password already and only accept another company.
    pub has_password: bool,
}

impl InvitationMail<'_> {
    /// The mail in text and HTML.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn render(&self) -> ServiceResult<Rendered> {
        let words = Invitation {
            business: one_line(self.business),
            support_email: one_line(self.support_email),
            name: one_line(self.name),
            company: one_line(self.company),
            login: self.login,
            link: self.link,
            expires: self.expires.display(),
            message: lines(self.message),
            has_password: self.has_password,
        };
        Ok(Rendered {
            subject: format!("Your access to the {} customer portal", words.business),
            text: rendered(&InvitationText { mail: &words })?,
            html: rendered(&InvitationHtml { mail: &words })?,
        })
    }
}

/// The words of an invitation, ready to be set.
struct Invitation<'a> {
    business: String,
    support_email: String,
    name: String,
    company: String,
    login: &'a str,
    link: &'a str,
    expires: String,
    message: Vec<String>,
    has_password: bool,
}

impl Invitation<'_> {
    /// Whether the company is worth naming beside the recipient: a customer may be a single person.
    fn is_for_company(&self) -> bool {
        self.company != self.name
    }
}

#[derive(Template)]
#[template(path = "mail/invitation.txt")]
struct InvitationText<'a> {
    mail: &'a Invitation<'a>,
}

#[derive(Template)]
#[template(path = "mail/invitation.html")]
struct InvitationHtml<'a> {
    mail: &'a Invitation<'a>,
}

/// The mail of `portico mail test`.
pub(super) fn render_test(business: &str, public_url: &str) -> ServiceResult<Rendered> {
    let mail = TestWords { business: one_line(business), public_url };
    Ok(Rendered {
        subject: format!("Test mail of the {} customer portal", mail.business),
        text: rendered(&TestText { mail: &mail })?,
        html: rendered(&TestHtml { mail: &mail })?,
    })
}

struct TestWords<'a> {
    business: String,
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "mail/test.txt")]
struct TestText<'a> {
    mail: &'a TestWords<'a>,
}

#[derive(Template)]
#[template(path = "mail/test.html")]
struct TestHtml<'a> {
    mail: &'a TestWords<'a>,
}

fn rendered(template: &impl Template) -> ServiceResult<String> {
    template.render().map_err(ServiceError::internal)
}

#[cfg(test)]
mod tests;

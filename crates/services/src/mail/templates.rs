//! What mails say. Staff can change the words of those in [`MailKind`]; all are dressed in the business's colour
//! and logo when they are queued.

mod contact_letters;
mod fill;
mod kinds;
mod message_letters;
mod passkey_letters;
mod payment_letters;
mod security_letters;
mod share_letters;
mod user_letters;

use askama::Template as _;
use domain::{
    Instant,
    auth::INVITATION_LIFETIME,
    settings::{Template, TemplateForm},
};

use self::fill::{Value, Values};
pub(crate) use self::{
    kinds::MailKind,
    message_letters::{Happening, NewMessage},
    payment_letters::{AutomaticMail, AutomaticNews, PaymentMail, ReminderMail},
    share_letters::ShareMail,
    user_letters::{ClosedAccount, NewSignIn, UserLetters},
};
use super::one_line::{lines, one_line};
use crate::{ServiceError, ServiceResult, settings::Settings};

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
    /// The recipient's name.
    pub name: &'a str,
    /// The company whose documents they will see.
    pub company: &'a str,
    /// What they sign in with.
    pub login: &'a str,
    /// The link.
    pub link: &'a str,
    /// The secure link of their customer, where it has one that is on.
    pub secure_link: Option<&'a str>,
    /// Until when the link works.
    pub expires: Instant,
    /// What staff added; may be empty.
    pub message: &'a str,
    /// Whether they have a password already and only accept another company.
    pub has_password: bool,
}

impl InvitationMail<'_> {
    /// Which mail it is.
    pub(crate) fn kind(&self) -> MailKind {
        if self.has_password { MailKind::FurtherCompany } else { MailKind::Invitation }
    }

    /// The mail in text and HTML, in the words that staff chose.
    ///
    /// # Errors
    /// When the frame around it fails.
    pub(crate) fn render(&self, settings: &Settings) -> ServiceResult<Rendered> {
        let kind = self.kind();
        let (subject, text) = words(settings, kind);
        rendered(settings, kind, (&subject, &text), &self.values(settings))
    }

    fn values(&self, settings: &Settings) -> Values {
        let (name, company) = (one_line(self.name), one_line(self.company));
        // A customer may be a single person.
        let for_company = if company == name { String::new() } else { format!("for {company}") };
        let business = one_line(&settings.config.business);
        let sign_in = format!("{}/login", settings.config.public_url);
        let lead = format!("{business} adds:");
        Values::from([
            ("for_company", Value::line(for_company)),
            ("help", help(settings)),
            ("portal_url", Value::link(&sign_in)),
            ("secure_link", Value::link(self.secure_link.unwrap_or(&sign_in))),
            ("support_email", Value::email(&one_line(&settings.general.support_email))),
            ("support_phone", Value::line(one_line(&settings.general.support_phone))),
            ("link", Value::link(self.link)),
            ("login", Value::line(self.login)),
            ("expires", Value::line(settings.zone.display(self.expires))),
            ("message", Value::quote(&lead, &lines(self.message))),
            ("business", Value::line(business)),
            ("company", Value::line(company)),
            ("name", Value::line(name)),
        ])
    }
}

/// How a mail would read in a form's words, with sample values.
///
/// # Errors
/// [`ServiceError::Invalid`] for what is no template.
pub(crate) fn sample(
    settings: &Settings,
    kind: MailKind,
    form: &TemplateForm,
    now: Instant,
) -> ServiceResult<Rendered> {
    let mail = InvitationMail {
        name: "Ann Sample",
        company: "Sample Ltd",
        login: "ann@sample.example",
        link: &format!("{}/accept/a-secret-for-one-person", settings.config.public_url),
        secure_link: Some(&format!("{}/link/a-secret-for-one-customer", settings.config.public_url)),
        expires: now.plus(INVITATION_LIFETIME),
        message: "Here is what we talked about.",
        has_password: kind == MailKind::FurtherCompany,
    };
    let (subject, text) = form.checked(&kind.allowed(), kind.required())?;
    rendered(settings, kind, (&subject, &text), &mail.values(settings))
}

/// A sentence that says how to reach the business.
fn help(settings: &Settings) -> Value {
    let (email, phone) =
        (one_line(&settings.general.support_email), one_line(&settings.general.support_phone));
    let (write, call) = (Value::email(&email), Value::line(phone.clone()));
    let say = |write: &str, call: &str, business: &str| match (email.is_empty(), phone.is_empty()) {
        (false, true) => format!("Questions? Write to {write}."),
        (false, false) => format!("Questions? Write to {write} or call {call}."),
        (true, false) => format!("Questions? Call {call}."),
        (true, true) => format!("Questions? Ask whom you know at {business}."),
    };
    let business = Value::line(one_line(&settings.config.business));
    Value {
        text: say(&write.text, &call.text, &business.text),
        html: say(&write.html, &call.html, &business.html),
    }
}

/// The words that staff chose, or the original ones.
fn words(settings: &Settings, kind: MailKind) -> (Template, Template) {
    let (allowed, required) = (kind.allowed(), kind.required());
    if let Some(form) = settings.templates.get(kind.code()) {
        match form.checked(&allowed, required) {
            Ok(words) => return words,
            // An earlier release knew a placeholder that this one does not.
            Err(errors) => tracing::warn!(mail = kind.code(), ?errors, "a changed mail template is not used"),
        }
    }
    original(kind).checked(&allowed, required).unwrap_or_else(|_| {
        let empty = Template { lines: Vec::new() };
        (empty.clone(), empty)
    })
}

/// A kind's original words.
pub(crate) fn original(kind: MailKind) -> TemplateForm {
    TemplateForm { subject: kind.subject().to_owned(), text: kind.text().trim().to_owned(), version: 0 }
}

fn rendered(
    settings: &Settings,
    kind: MailKind,
    (subject, text): (&Template, &Template),
    values: &Values,
) -> ServiceResult<Rendered> {
    let imprint = imprint(settings);
    let mut plain = fill::text(text, values);
    if !imprint.is_empty() {
        plain.push_str(&format!("\n\n-- \n{}", imprint.join("\n")));
    }
    let expires = values.get("expires").cloned().unwrap_or_default();
    let words = Words {
        business: one_line(&settings.config.business),
        preheader: kind.preheader(&expires),
        content: fill::html(text, values, kind.button()),
        imprint,
    };
    Ok(Rendered {
        subject: one_line(&fill::text(subject, values)),
        text: plain,
        html: WordsHtml { mail: &words }.render().map_err(ServiceError::internal)?,
    })
}

/// Who the business is by law, for the foot of mails.
fn imprint(settings: &Settings) -> Vec<String> {
    let general = &settings.general;
    let address = lines(&general.legal_address).join(", ");
    let vat = if general.vat.is_empty() { String::new() } else { format!("VAT number {}", general.vat) };
    let facts = [general.legal_name.clone(), address, general.registration.clone(), vat];
    let told: Vec<String> = facts.iter().map(|fact| one_line(fact)).filter(|fact| !fact.is_empty()).collect();
    told
}

/// A mail whose markup was made from its text.
struct Words {
    business: String,
    preheader: String,
    /// Markup; everything in it was escaped by [`fill`].
    content: String,
    imprint: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "mail/words.html")]
struct WordsHtml<'a> {
    mail: &'a Words,
}

/// The mail of `portico mail test`.
pub(super) fn render_test(business: &str, public_url: &str) -> ServiceResult<Rendered> {
    let mail = TestWords { business: one_line(business), public_url };
    Ok(Rendered {
        subject: format!("Test mail of the {} customer portal", mail.business),
        text: TestText { mail: &mail }.render().map_err(ServiceError::internal)?,
        html: TestHtml { mail: &mail }.render().map_err(ServiceError::internal)?,
    })
}

struct TestWords<'a> {
    business: String,
    public_url: &'a str,
}

#[derive(askama::Template)]
#[template(path = "mail/test.txt")]
struct TestText<'a> {
    mail: &'a TestWords<'a>,
}

#[derive(askama::Template)]
#[template(path = "mail/test.html")]
struct TestHtml<'a> {
    mail: &'a TestWords<'a>,
}

#[cfg(test)]
mod tests;

use std::time::{Duration, UNIX_EPOCH};

use domain::Instant;
use entities::mail_outbox as row;
use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};
use time::macros::format_description;
use url::{Host, Url};
use uuid::Uuid;

use super::{dress::LOGO_ID, failure::Failure, one_line::one_line};
use crate::settings::Settings;

/// A mail as it travels.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
    /// The same for every try, and sorting by age.
    pub file_name: String,
}

/// What a message is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'a> {
    pub id: Uuid,
    pub created: Instant,
    pub to_email: &'a str,
    pub to_name: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
}

impl<'a> From<&'a row::Model> for Draft<'a> {
    fn from(mail: &'a row::Model) -> Self {
        Self {
            id: mail.id,
            created: Instant::from_millis(mail.created_at),
            to_email: &mail.to_email,
            to_name: &mail.to_name,
            subject: &mail.subject,
            text: &mail.text_body,
            html: &mail.html_body,
        }
    }
}

/// Builds the message of a mail. Every try has the same Message-ID.
pub(super) fn build(settings: &Settings, draft: Draft<'_>, now: Instant) -> Result<Outgoing, Failure> {
    let config = &settings.config;
    // The sender is configured: a wrong one is no fault of the mail, which waits until it is put right.
    let from = address(&config.mail_from)
        .map_err(|cause| Failure::unreachable("The configured sender is no email address", &cause))?;
    let to = address(draft.to_email)
        .map_err(|cause| Failure::refused("The recipient is no email address", &cause))?;
    let since_epoch = Duration::from_millis(u64::try_from(now.millis()).unwrap_or(0));
    let mut message = Message::builder()
        .from(Mailbox::new(named(&config.business), from.clone()))
        .to(Mailbox::new(named(draft.to_name), to.clone()))
        .subject(one_line(draft.subject))
        .message_id(Some(format!("<{}@{}>", draft.id, host_of(&config.public_url))))
        .date(UNIX_EPOCH + since_epoch)
        .header(AutoSubmitted);
    if let Ok(support) = address(&config.support_email) {
        message = message.reply_to(Mailbox::new(named(&config.business), support));
    }
    let bodies = bodies(settings, draft);
    let message = message
        .multipart(bodies)
        .map_err(|error| Failure::refused("The mail cannot be built", &error.to_string()))?;
    Ok(Outgoing { from, to, bytes: message.formatted(), file_name: file_name(draft.created, draft.id) })
}

/// The text, and the markup with the logo that it shows.
fn bodies(settings: &Settings, draft: Draft<'_>) -> MultiPart {
    let html = SinglePart::html(draft.html.to_owned());
    let logo = settings.logo.as_ref().filter(|_| draft.html.contains(LOGO_ID));
    let logo = logo.and_then(|logo| Some((logo, ContentType::parse(&logo.media).ok()?)));
    let text = MultiPart::alternative().singlepart(SinglePart::plain(draft.text.to_owned()));
    match logo {
        Some((logo, media)) => {
            let picture = Attachment::new_inline(LOGO_ID.to_owned()).body(logo.content.clone(), media);
            text.multipart(MultiPart::related().singlepart(html).singlepart(picture))
        }
        None => text.singlepart(html),
    }
}

/// An address whose domain every mail server understands, also one with letters such as `ä`.
fn address(text: &str) -> Result<Address, String> {
    let parsed: Address =
        text.trim().parse().map_err(|error: lettre::address::AddressError| error.to_string())?;
    match Host::parse(parsed.domain()) {
        Ok(Host::Domain(domain)) => Address::new(parsed.user(), domain).map_err(|error| error.to_string()),
        _ => Ok(parsed),
    }
}

fn named(name: &str) -> Option<String> {
    Some(one_line(name)).filter(|name| !name.is_empty())
}

fn host_of(public_url: &str) -> String {
    let host = Url::parse(public_url).ok().and_then(|url| match url.host() {
        Some(Host::Ipv6(address)) => Some(format!("[IPv6:{address}]")),
        Some(host) => Some(host.to_string()),
        None => None,
    });
    host.unwrap_or_else(|| "portico.invalid".to_owned())
}

fn file_name(created: Instant, id: Uuid) -> String {
    let format = format_description!("[year][month][day]T[hour][minute][second]Z");
    format!("{}-{id}.eml", created.to_utc().format(format).unwrap_or_default())
}

/// Keeps holiday notices from answering (RFC 3834).
#[derive(Clone, Copy, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PorticoConfig;
    use mail_parser::MessageParser;
    use time::macros::datetime;

    fn config() -> PorticoConfig {
        PorticoConfig {
            public_url: "https://portal.rivet.example:8443".to_owned(),
            business: "Rivet Works, \"Kö\" <x@y.example>\r\nBcc: eve@evil.example".to_owned(),
            support_email: "help@rivet.example".to_owned(),
            mail_from: "portal@rivet.example".to_owned(),
            secret_key: crate::secrets::SecretKey::random(),
            files: crate::files::Files::in_memory(),
            api_rate: 10,
        }
    }

    fn draft() -> Draft<'static> {
        Draft {
            id: Uuid::from_u128(7),
            created: datetime!(2026-11-22 09:30:05 UTC).into(),
            to_email: "zoe@exämple.fr",
            to_name: "Zoë\r\nBcc: eve@evil.example\r\n\r\nHello",
            subject: "Your access\r\nX-Evil: 1",
            text: "Hello\n\nhttps://portal.rivet.example/accept/secret\n",
            html: "<p>Hello</p>",
        }
    }

    #[test]
    fn headers_say_what_they_should_and_names_add_none() {
        let outgoing = build(&Settings::initial(&config()), draft(), datetime!(2026-11-23 10:00 UTC).into())
            .expect("builds");
        assert_eq!(outgoing.file_name, "20261122T093005Z-00000000-0000-0000-0000-000000000007.eml");
        assert_eq!(outgoing.to.to_string(), "zoe@xn--exmple-cua.fr");
        let message = MessageParser::default().parse(&outgoing.bytes).expect("parses");
        assert_eq!(message.message_id(), Some("00000000-0000-0000-0000-000000000007@portal.rivet.example"));
        assert_eq!(
            message.date().map(mail_parser::DateTime::to_rfc3339).as_deref(),
            Some("2026-11-23T10:00:00Z")
        );
        assert_eq!(message.subject(), Some("Your access X-Evil: 1"));
        assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert!(
            message.header("X-Evil").is_none() && message.header("Bcc").is_none() && message.bcc().is_none()
        );
        let from = message.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!(from.address(), Some("portal@rivet.example"));
        assert_eq!(from.name(), Some("Rivet Works, \"Kö\" <x@y.example> Bcc: eve@evil.example"));
        assert_eq!(message.to().map(|to| to.as_list().map(<[_]>::len)), Some(Some(1)));
        assert!(message.body_text(0).is_some_and(|text| text.contains("/accept/secret")));
    }

    #[test]
    fn a_wrong_recipient_is_final_and_a_wrong_sender_is_not() {
        let now = Instant::from_millis(0);
        let wrong = Draft { to_email: "nobody", ..draft() };
        assert!(matches!(build(&Settings::initial(&config()), wrong, now), Err(Failure::Refused(_))));
        let config = PorticoConfig { mail_from: "x".to_owned(), ..config() };
        assert!(matches!(build(&Settings::initial(&config), draft(), now), Err(Failure::Unreachable(_))));
    }
}

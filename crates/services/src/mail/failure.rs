use std::io;

use lettre::transport::smtp;

/// Longest reason that is kept.
const MAX_LENGTH: usize = 240;

/// Why a mail was not handed over, in words for staff: short, and without links or credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The server is away or does not take mail from us: no mail would get through now.
    Unreachable(String),
    /// This mail may get through later.
    Deferred(String),
    /// This mail will never get through as it is.
    Refused(String),
}

impl Failure {
    pub(super) fn unreachable(what: &str, cause: &str) -> Self {
        Self::Unreachable(words(what, cause))
    }

    pub(super) fn deferred(what: &str, cause: &str) -> Self {
        Self::Deferred(words(what, cause))
    }

    pub(super) fn refused(what: &str, cause: &str) -> Self {
        Self::Refused(words(what, cause))
    }

    /// The reason, in one line.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Unreachable(words) | Self::Deferred(words) | Self::Refused(words) => words,
        }
    }
}

/// What went wrong between us and the mail server.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It said no.
    Reply {
        /// The three digits.
        code: u16,
        /// With the server's words.
        text: String,
    },
    /// No answer came, or none that can be understood.
    Silence(String),
}

impl From<smtp::Error> for Trouble {
    fn from(error: smtp::Error) -> Self {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        match error.status() {
            Some(code) => {
                let code = u16::from(code);
                Self::Reply { code, text: format!("{code} {}", source.unwrap_or_default()) }
            }
            None if error.is_response() && source.as_deref() == Some("incomplete response") => {
                Self::Silence("the server hung up".to_owned())
            }
            None => Self::Silence(source.unwrap_or_else(|| error.to_string())),
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Silence(error.to_string())
    }
}

impl From<tokio::time::error::Elapsed> for Trouble {
    fn from(_: tokio::time::error::Elapsed) -> Self {
        Self::Silence("no answer in time".to_owned())
    }
}

impl Trouble {
    /// Trouble before any mail was named, which every mail would have: never the mail's fault.
    pub(super) fn with_server(&self, what: &str) -> Failure {
        Failure::unreachable(what, self.text())
    }

    /// Trouble with one mail.
    pub(super) fn with_mail(&self, what: &str) -> Failure {
        match self {
            // "Shutting down": said of the server whatever it is asked.
            Self::Reply { code: 421, text } => Failure::unreachable("The mail server is not ready", text),
            Self::Reply { code: 500.., text } => Failure::refused(what, text),
            Self::Reply { text, .. } => Failure::deferred(what, text),
            Self::Silence(text) => Failure::deferred("The connection to the mail server broke", text),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Reply { text, .. } | Self::Silence(text) => text,
        }
    }
}

fn words(what: &str, cause: &str) -> String {
    let cause: Vec<&str> = cause.split_whitespace().map(without_link).collect();
    let mut text = format!("{what}: {}", cause.join(" "));
    text.retain(|c| !c.is_control());
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// Mail filters quote the link that they dislike, and ours let in whoever has them.
fn without_link(word: &str) -> &str {
    if word.contains("://") || word.contains("/accept/") { "[link]" } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_line_breaks_do_not_get_into_reasons() {
        let said = "5.7.1 spam:\r\n <https://portal.example/accept/abc> listed";
        let failure = Trouble::Reply { code: 554, text: format!("554 {said}") }.with_mail("Refused");
        assert_eq!(failure, Failure::Refused("Refused: 554 5.7.1 spam: [link] listed".to_owned()));
        let long = Failure::deferred("Broke", &"x ".repeat(1_000));
        assert_eq!(long.words().chars().count(), MAX_LENGTH + 1);
    }

    #[test]
    fn only_a_refusal_of_the_mail_itself_is_final() {
        let reply = |code| Trouble::Reply { code, text: code.to_string() };
        assert!(matches!(reply(550).with_mail(""), Failure::Refused(_)));
        assert!(matches!(reply(450).with_mail(""), Failure::Deferred(_)));
        assert!(matches!(reply(421).with_mail(""), Failure::Unreachable(_)));
        assert!(matches!(reply(535).with_server(""), Failure::Unreachable(_)));
        assert!(matches!(Trouble::Silence(String::new()).with_mail(""), Failure::Deferred(_)));
    }
}

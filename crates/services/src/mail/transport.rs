use std::{path::PathBuf, time::Duration};

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::{
    eml_folder,
    failure::Failure,
    message::Outgoing,
    smtp::{Encryption, SmtpServer},
};

/// Where mail goes.
#[derive(Clone, Debug)]
pub enum MailTransport {
    /// Into a folder, one `.eml` file a mail.
    File {
        /// The folder; made when the first mail is written.
        dir: PathBuf,
    },
    /// To a mail server.
    Smtp(SmtpServer),
}

/// What is wrong with the text that says where mail goes. Never repeats the text: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MailTransportError(String);

impl MailTransport {
    /// Understands `file:DIR`, `smtp://[user:password@]host[:port]` and `smtps://…`.
    ///
    /// `smtps` is encrypted from the start and checks the server's certificate (port 465). `smtp` with a
    /// password (port 587) insists on encryption with a checked certificate; without one (port 25) it
    /// encrypts when the server offers it, with whatever certificate, as mail servers do among themselves.
    /// On this machine itself (`localhost`, `127.0.0.1`, `[::1]`) `smtp` is never encrypted.
    /// Characters such as `@ : / %` in user and password are written as `%40 %3A %2F %25`.
    ///
    /// # Errors
    /// When the text is none of these; the error says what is wrong and never repeats the text.
    pub fn parse(text: &str) -> Result<Self, MailTransportError> {
        let text = text.trim();
        if let Some(dir) = text.strip_prefix("file:") {
            let dir = dir.strip_prefix("//").unwrap_or(dir);
            return if dir.is_empty() {
                wrong("file: needs a folder, as in file:data/mail")
            } else {
                Ok(Self::File { dir: PathBuf::from(dir) })
            };
        }
        let is_tls = match text.split_once("://").map(|(scheme, _)| scheme) {
            Some("smtp") => false,
            Some("smtps") => true,
            _ => return wrong("mail goes to file:DIR, smtp://host or smtps://host"),
        };
        let url =
            Url::parse(text).map_err(|error| MailTransportError(format!("no valid address: {error}")))?;
        let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
            return wrong("the mail server's name is missing, as in smtp://mail.example.com");
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return wrong("nothing may follow the mail server's name and port");
        }
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) => return wrong("there is a password without a user name"),
            (_, None) => return wrong("there is a user name without a password"),
            (user, Some(password)) => Some((decoded(user)?, decoded(password)?)),
        };
        let encryption = match (is_tls, is_this_machine(host), credentials.is_some()) {
            (true, _, _) => Encryption::FromStart,
            (false, true, _) => Encryption::None,
            (false, false, true) => Encryption::Required,
            (false, false, false) => Encryption::WhenOffered,
        };
        let usual = match encryption {
            Encryption::FromStart => 465,
            _ if credentials.is_some() => 587,
            _ => 25,
        };
        // In a URL an IPv6 address stands in brackets, in a connection it does not.
        let host = host.trim_matches(['[', ']']);
        let server = SmtpServer::new(host, url.port().unwrap_or(usual), encryption, credentials)
            .map_err(|error| MailTransportError(format!("encryption cannot be set up: {error}")))?;
        Ok(Self::Smtp(server))
    }

    /// The same with another patience for each of the mail server's answers; for tests. It is 10 seconds.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        match self {
            Self::Smtp(server) => Self::Smtp(server.with_patience(patience)),
            file @ Self::File { .. } => file,
        }
    }

    /// Hands a mail over; the answer in the receiver's words.
    pub(super) async fn send(&self, mail: Outgoing) -> Result<String, Failure> {
        match self {
            Self::File { dir } => eml_folder::write(dir, mail).await,
            Self::Smtp(server) => server.send(&mail).await,
        }
    }

    /// Ends connections that wait for more mail.
    pub(super) async fn rest(&self) {
        if let Self::Smtp(server) = self {
            server.rest().await;
        }
    }
}

fn wrong<T>(text: &str) -> Result<T, MailTransportError> {
    Err(MailTransportError(text.to_owned()))
}

fn decoded(text: &str) -> Result<String, MailTransportError> {
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(String::from).or_else(|_| wrong("the user name or password is no UTF-8 once decoded"))
}

fn is_this_machine(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn debug(text: &str) -> String {
        MailTransport::parse(text)
            .map_or_else(|error| error.to_string(), |transport| format!("{transport:?}"))
    }

    #[tokio::test]
    async fn understands_folders_and_servers() {
        assert_eq!(debug("file:data/mail"), "File { dir: \"data/mail\" }");
        assert_eq!(debug("file:///var/mail"), "File { dir: \"/var/mail\" }");
        assert_eq!(debug("smtp://mail.example"), "Smtp(mail.example:25, WhenOffered)");
        assert_eq!(
            debug("smtp://a%40b.c:p%3aw@mail.example"),
            "Smtp(mail.example:587, Required, with password)"
        );
        assert_eq!(debug("smtps://u:p@mail.example/"), "Smtp(mail.example:465, FromStart, with password)");
        assert_eq!(debug("smtps://mail.example:4650"), "Smtp(mail.example:4650, FromStart)");
        assert_eq!(debug("smtp://127.0.0.1:2525"), "Smtp(127.0.0.1:2525, None)");
        assert_eq!(debug("smtp://u:p@[::1]:2525"), "Smtp(::1:2525, None, with password)");
    }

    #[test]
    fn says_what_is_wrong_and_keeps_passwords_to_itself() {
        for (text, said) in [
            ("", "mail goes to"),
            ("mail.example", "mail goes to"),
            ("http://mail.example", "mail goes to"),
            ("file:", "needs a folder"),
            ("smtp://", "missing"),
            ("smtp://hunter2@mail.example", "without a password"),
            ("smtp://:hunter2@mail.example", "without a user name"),
            ("smtp://u:hunter2@mail.example:99999", "port"),
            ("smtp://u:hunter2@mail.example/x", "nothing may follow"),
            ("smtp://u:hunter2@mail.example?tls=none", "nothing may follow"),
            ("smtp://u:hunter2%ff@mail.example", "UTF-8"),
        ] {
            let error = debug(text);
            assert!(error.contains(said) && !error.contains("hunter2"), "{text}: {error}");
        }
    }
}

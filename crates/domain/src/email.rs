//! Email addresses and logins.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest address that mail can carry (RFC 5321, 4.5.3.1.3, less the angle brackets).
const MAX_LENGTH: usize = 254;
/// Longest part before the `@` (RFC 5321, 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// One valid email address, trimmed and in lower case.
///
/// Stricter than RFC 5322 on purpose: quoted local parts, comments and address literals are refused,
/// because nobody signs in with one and mail servers disagree about them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is no email address; the text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing but blanks.
    #[error("Enter an email address.")]
    Missing,
    /// Several addresses, or none.
    #[error("This is not one valid email address, such as name@company.com.")]
    Invalid,
}

impl Email {
    /// Parses one address. Blanks around it are dropped and letters become lower case.
    ///
    /// # Errors
    /// [`EmailError::Missing`] for a blank text, [`EmailError::Invalid`] for all else that is not
    /// exactly one address.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Missing);
        }
        let (local, host) = text.split_once('@').ok_or(EmailError::Invalid)?;
        let fits = text.len() <= MAX_LENGTH && (1..=MAX_LOCAL).contains(&local.len());
        if fits && is_local(local) && is_host(host) {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(EmailError::Invalid)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || "!#$%&'*+-/=?^_`{|}~".contains(c)
                    || (!c.is_ascii() && c.is_alphanumeric())
            })
    })
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c == '-' || c.is_alphanumeric())
        })
        && labels.last().is_some_and(|top| top.chars().any(char::is_alphabetic))
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

/// What somebody signs in with: an email address or a chosen name. Compared without case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Login(String);

/// Shortest chosen name, in characters.
const MIN_NAME: usize = 3;
/// Longest chosen name, in characters.
const MAX_NAME: usize = 64;

/// Why a text is no login; the text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// Nothing but blanks.
    #[error("Enter an email address, or a name to log in with.")]
    Missing,
    /// Has an `@` and is no address.
    #[error("This is not one valid email address, such as name@company.com.")]
    NoEmail,
    /// Neither an address nor a name.
    #[error("Use an email address, or a name of 3 to 64 letters, digits, dots, hyphens and underscores.")]
    NoName,
}

impl Login {
    /// Parses a new login: an email address, or a chosen name.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, LoginError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LoginError::Missing);
        }
        if text.contains('@') {
            return Email::parse(text).map(|email| Self(email.0)).map_err(|_no_address| LoginError::NoEmail);
        }
        let is_good = |c: char| c.is_alphanumeric() || "._-".contains(c);
        let length = text.chars().count();
        if (MIN_NAME..=MAX_NAME).contains(&length)
            && text.chars().all(is_good)
            && text.chars().next().is_some_and(char::is_alphanumeric)
        {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(LoginError::NoName)
        }
    }

    /// The login as it is stored and compared, from what somebody typed to sign in.
    pub fn from_typed(text: &str) -> Self {
        Self(text.trim().to_lowercase())
    }

    /// The stored form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that mail to it goes to; none for a chosen name.
    pub fn email(&self) -> Option<Email> {
        Email::parse(&self.0).ok()
    }
}

impl From<&Email> for Login {
    fn from(email: &Email) -> Self {
        Self(email.0.clone())
    }
}

/// A contact's email as an index compares it: the parsed address, or the bare text in lower case when
/// it is none. Books hold rubbish, which stays findable.
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(Email::parse(text).map_or_else(|_| text.to_lowercase(), String::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_ordinary_addresses() {
        for text in
            ["ann@acme.example", " Ann.Good+portal@Sub.Acme.example ", "o'neil@a-b.co", "zoë@exämple.fr"]
        {
            assert!(Email::parse(text).is_ok(), "{text}");
        }
        assert_eq!(Email::parse("ANN@Acme.Example").map(String::from), Ok("ann@acme.example".into()));
    }

    #[test]
    fn refuses_what_is_not_one_address() {
        for text in [
            "not-an-email",
            "bob@@x",
            "@x.example",
            "a@",
            "a@b",
            "a b@c.example",
            "a@b.example, c@d.example",
            "a@b.example;c@d.example",
            "Ann <ann@acme.example>",
            "a@-b.example",
            "a@b..example",
            ".a@b.example",
            "a..b@c.example",
            "a@1.2.3.4",
            "a@b.example\r\nBcc: c@d.example",
            "a\0@b.example",
        ] {
            assert_eq!(Email::parse(text), Err(EmailError::Invalid), "{text}");
        }
        assert_eq!(Email::parse("  "), Err(EmailError::Missing));
    }

    #[test]
    fn a_login_is_an_address_or_a_name() {
        for (typed, stored) in
            [(" Ann@Acme.example ", "ann@acme.example"), ("Front-Desk_2", "front-desk_2"), ("zoë", "zoë")]
        {
            let login = Login::parse(typed).expect(typed);
            assert_eq!(login.as_str(), stored);
            assert_eq!(login.email().is_some(), typed.contains('@'));
        }
        for (typed, error) in [
            (" ", LoginError::Missing),
            ("ann@acme", LoginError::NoEmail),
            ("@ann", LoginError::NoEmail),
            ("ab", LoginError::NoName),
            ("ann good", LoginError::NoName),
            ("-ann", LoginError::NoName),
            ("ann\u{200b}x", LoginError::NoName),
            ("<ann>", LoginError::NoName),
        ] {
            assert_eq!(Login::parse(typed), Err(error), "{typed}");
        }
        assert_eq!(Login::parse(&"x".repeat(65)), Err(LoginError::NoName));
    }

    proptest! {
        #[test]
        fn parsing_twice_changes_nothing(text in "\\PC{0,40}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.as_str()), Ok(email));
            }
        }

        #[test]
        fn no_control_character_or_second_at_sign_gets_through(text in "[a-z@\\x00-\\x20.]{0,30}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(email.as_str().matches('@').count(), 1);
                prop_assert!(!email.as_str().contains(|c: char| c.is_control() || c == ' '));
            }
        }
    }
}

//! Passkeys: what somebody signs in with in place of a password and a code.

use serde::{Deserialize, Serialize};

use crate::{FieldErrors, Instant, ids::PasskeyId};

/// A passkey, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// Its key.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created: Instant,
    /// The last sign-in with it.
    pub last_used: Option<Instant>,
}

/// The longest name, in characters.
pub const MAX_NAME: usize = 60;

/// What somebody calls a passkey: one line, not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyName(String);

impl PasskeyName {
    /// Parses what was typed; runs of blanks count as one.
    ///
    /// # Errors
    /// What is wrong with the field `name`.
    pub fn parse(typed: &str) -> Result<Self, FieldErrors> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let wrong = |text: String| Err(FieldErrors::one("name", text));
        if name.is_empty() {
            return wrong("Give it a name, such as the device that it is on.".to_owned());
        }
        if name.chars().count() > MAX_NAME {
            return wrong(format!("Choose a name of at most {MAX_NAME} characters."));
        }
        if name.chars().any(char::is_control) {
            return wrong("Use letters, digits and signs only.".to_owned());
        }
        Ok(Self(name))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it reads like another one.
    #[must_use]
    pub fn is_like(&self, other: &str) -> bool {
        self.0.to_lowercase() == other.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_that_says_something() {
        assert_eq!(PasskeyName::parse("  Work \t laptop\n").unwrap().as_str(), "Work laptop");
        for wrong in ["", "  ", "a\u{0}b", &"x".repeat(61)] {
            assert!(PasskeyName::parse(wrong).unwrap_err().get("name").is_some(), "{wrong}");
        }
        assert!(PasskeyName::parse(&"ü".repeat(60)).is_ok());
        assert!(PasskeyName::parse("Phone").unwrap().is_like("PHONE"));
    }
}

//! Rules for passwords and links.

use time::Duration;

use crate::FieldErrors;

/// Shortest password, in characters (NIST SP 800-63B-4 with throttling; DESIGN 5).
pub const MIN_PASSWORD: usize = 8;
/// Longest password, in characters.
pub const MAX_PASSWORD: usize = 128;

/// How long an invitation can be accepted.
pub const INVITATION_LIFETIME: Duration = Duration::days(7);
/// How long a link to set a new password works.
pub const RESET_LIFETIME: Duration = Duration::minutes(30);
/// How long the one-time set-up link of a new installation works.
pub const SETUP_LIFETIME: Duration = Duration::days(7);

/// Checks a new password and its repetition as far as that needs no dictionary.
///
/// Passwords count as typed: nothing is trimmed. `context` holds words that must not be part of it,
/// such as the login and the company's name (ASVS 6.2.11); words under four letters are ignored.
///
/// # Errors
/// Errors for the fields `password` and `repetition`.
pub fn check_new_password(password: &str, repetition: &str, context: &[&str]) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    let length = password.chars().count();
    if length < MIN_PASSWORD {
        errors.add("password", format!("Use at least {MIN_PASSWORD} characters."));
    } else if length > MAX_PASSWORD {
        errors.add("password", format!("Use at most {MAX_PASSWORD} characters."));
    } else if contains_context(password, context) {
        errors.add("password", "Leave your login and the company's name out of the password.");
    } else if password != repetition {
        errors.add("repetition", "The two passwords differ: type the same one twice.");
    }
    errors.into_result()
}

fn contains_context(password: &str, context: &[&str]) -> bool {
    let password = password.to_lowercase();
    context
        .iter()
        .flat_map(|text| {
            let text = text.to_lowercase();
            let mut words: Vec<String> =
                text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            words.push(text);
            words
        })
        .filter(|word| {
            word.chars().count() >= 4 && !["com", "example", "mail", "info"].contains(&word.as_str())
        })
        .any(|word| password.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(password: &str, repetition: &str) -> Option<(String, String)> {
        let checked = check_new_password(password, repetition, &["ann@acme.example", "Acme Flow Ltd"]);
        let errors = checked.err()?;
        errors.iter().next().map(|(field, text)| (field.to_owned(), text.to_owned()))
    }

    #[test]
    fn passwords_are_measured_as_typed() {
        assert_eq!(error("  six   ", "  six   "), None);
        assert!(error("seven77", "seven77").is_some_and(|(field, _)| field == "password"));
        assert_eq!(error(&"ß".repeat(128), &"ß".repeat(128)), None);
        assert!(error(&"x".repeat(129), &"x".repeat(129)).is_some());
    }

    #[test]
    fn the_two_must_be_the_same() {
        assert!(error("correct horse", "correct horsE").is_some_and(|(field, _)| field == "repetition"));
    }

    #[test]
    fn login_and_company_stay_out() {
        for password in ["my-ACME-pass", "ann@acme.example", "flow4ever!"] {
            assert!(error(password, password).is_some_and(|(field, _)| field == "password"), "{password}");
        }
        assert_eq!(error("annual ltd report", "annual ltd report"), None, "short words do not count");
    }
}

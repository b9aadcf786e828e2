//! What people are told when their second factor changes.

use domain::Instant;

use super::{
    Rendered,
    user_letters::{UserLetters, set},
};
use crate::ServiceResult;

impl UserLetters {
    /// Two-factor authentication is on.
    pub(crate) fn two_factor_enabled(&self, when: Instant) -> ServiceResult<Rendered> {
        let (business, login) = (self.business(), self.login());
        let mut words = self.words(
            "Two-factor authentication is on",
            format!("Logging in as {login} now takes a code too."),
            vec![
                format!(
                    "Two-factor authentication was switched on for your login {login} at {business} on {}. From now \
                     on you log in with your password and a code of your authenticator app.",
                    when.display()
                ),
                "Keep the recovery codes that you were shown in a safe place: with one of them you get in when you \
                 have lost your telephone."
                    .to_owned(),
            ],
        );
        words.after.push(self.alarm("If it was not you,"));
        set(format!("Two-factor authentication is on at {business}"), &words)
    }

    /// Two-factor authentication is off, by its owner or by staff.
    pub(crate) fn two_factor_disabled(&self, when: Instant, by_staff: bool) -> ServiceResult<Rendered> {
        let (business, login) = (self.business(), self.login());
        let how = if by_staff {
            format!(
                "{business} has reset the two-factor authentication of your login {login} on {}.",
                when.display()
            )
        } else {
            format!(
                "Two-factor authentication was switched off for your login {login} at {business} on {}.",
                when.display()
            )
        };
        let mut words = self.words(
            "Two-factor authentication is off",
            format!("Logging in as {login} takes your password only."),
            vec![
                how,
                "Your password is all that it takes to log in now. Your recovery codes do not work any more, and no \
                 device is trusted."
                    .to_owned(),
                "You can set it up again at any time, under Security.".to_owned(),
            ],
        );
        words.after.push(self.alarm("If you did not expect this,"));
        set(format!("Two-factor authentication is off at {business}"), &words)
    }

    /// A recovery code was used.
    pub(crate) fn recovery_code_used(&self, when: Instant, left: u64) -> ServiceResult<Rendered> {
        let (business, login) = (self.business(), self.login());
        let rest = match left {
            0 => "It was the last one: make new ones under Security.".to_owned(),
            1 => "You have one more. You can make new ones under Security.".to_owned(),
            left => format!("You have {left} more. You can make new ones under Security."),
        };
        let mut words = self.words(
            "A recovery code was used",
            format!("Somebody logged in as {login} with a recovery code."),
            vec![
                format!(
                    "Somebody logged in as {login} at {business} with a recovery code instead of a code of the \
                     authenticator app, on {}.",
                    when.display()
                ),
                format!("That code does not work any more. {rest}"),
            ],
        );
        words.after.push(self.alarm("If it was not you, change your password and"));
        set(format!("A recovery code was used at {business}"), &words)
    }

    /// New recovery codes were made.
    pub(crate) fn recovery_codes_renewed(&self, when: Instant) -> ServiceResult<Rendered> {
        let (business, login) = (self.business(), self.login());
        let mut words = self.words(
            "New recovery codes",
            format!("The earlier recovery codes of {login} do not work any more."),
            vec![format!(
                "New recovery codes were made for your login {login} at {business} on {}. The earlier ones do not \
                 work any more.",
                when.display()
            )],
        );
        words.after.push(self.alarm("If it was not you,"));
        set(format!("New recovery codes at {business}"), &words)
    }

    /// Wrong codes were tried, by somebody who has the password.
    pub(crate) fn codes_refused(&self, when: Instant) -> ServiceResult<Rendered> {
        let (business, login) = (self.business(), self.login());
        let mut words = self.words(
            "Wrong codes were tried",
            format!("Somebody has the password of {login}, and no right code."),
            vec![
                format!(
                    "Until {} somebody entered the right password of your login {login} at {business}, and then \
                     several codes that were wrong. They did not get in, and have to wait before they can try again.",
                    when.display()
                ),
                "If that was you, check that the clock of your telephone is right, or use a recovery code.".to_owned(),
            ],
        );
        words.after.push(self.alarm("If it was not you, somebody knows your password: change it, and"));
        set(format!("Wrong codes were tried at {business}"), &words)
    }
}

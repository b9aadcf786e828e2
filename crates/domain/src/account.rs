//! People's own accounts.

mod closed;
mod mail_area;
mod privacy;
mod sessions;

pub use closed::{CLOSED_NAME, closed_login, is_closed_login};
pub use mail_area::MailArea;
pub use privacy::{ClosingPage, MailChoice, PrivacyPage};
pub use sessions::{OwnSession, SessionList, TrustedDevice};

use serde::{Deserialize, Serialize};

use crate::{Instant, passkeys::Passkey};

/// What the security page shows besides its lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityPage {
    /// What the person signs in with.
    pub login: String,
    /// Whether changes ask for the password now.
    pub needs_password: bool,
    /// The second factor.
    pub two_factor: TwoFactor,
    /// The passkeys; none where they do not work at all.
    pub passkeys: Option<Vec<Passkey>>,
}

/// The form *Change Password*, as typed: nothing is trimmed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The password that they have.
    pub current_password: String,
    /// The one that they want.
    pub new_password: String,
    /// The same again.
    pub repetition: String,
}

/// Passwords reach no log.
impl std::fmt::Debug for PasswordForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordForm").finish_non_exhaustive()
    }
}

/// How a second factor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactor {
    /// Since when it is on.
    pub since: Option<Instant>,
    /// Whether a rule asks for it, so that it cannot be switched off.
    pub is_required: bool,
    /// Recovery codes that are left.
    pub recovery_codes: u64,
}

/// What an authenticator app has to know, shown while two-factor authentication is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolling {
    /// The QR code as an image's address.
    pub image: String,
    /// The same as a key to type, in groups of four.
    pub key: String,
}

/// Two-factor authentication that was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The recovery codes, which are shown this once.
    pub recovery_codes: Vec<String>,
    /// Where whoever had to set it up before they are in goes now.
    pub next: Option<String>,
}

/// How far setting up two-factor authentication has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EnrolmentStep {
    /// The password is asked for.
    #[default]
    Password,
    /// The app is shown what it has to know, and its first code is asked for.
    Scan(Enrolling),
    /// It is on.
    Done(Enrolled),
}

//! People's own accounts.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// What the security page shows besides its lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityPage {
    /// What the person signs in with.
    pub login: String,
    /// Whether changes ask for the password now.
    pub needs_password: bool,
    /// The second factor.
    pub two_factor: TwoFactor,
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

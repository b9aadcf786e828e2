//! Passkeys (WebAuthn): a key that an authenticator guards with a finger, a face or a PIN. It stands for password
//! and second factor at once, and nobody can be tricked into giving it away: it answers to our own address only.

mod begin_registration;
mod begin_sign_in;
mod ceremony;
mod finish_registration;
mod finish_sign_in;
mod forget;
mod get_passkey;
mod list_passkeys;
mod own;
#[cfg_attr(not(feature = "passkeys"), path = "relying_party_off.rs")]
mod relying_party;
mod remove_passkey;
mod rename_passkey;
mod tell;

pub use begin_registration::begin_registration;
pub use begin_sign_in::begin_sign_in;
pub use ceremony::{CEREMONY_LASTS, Challenge};
pub use finish_registration::finish_registration;
pub use finish_sign_in::finish_sign_in;
pub use get_passkey::get_passkey;
pub use list_passkeys::list_passkeys;
pub use remove_passkey::remove_passkey;
pub use rename_passkey::rename_passkey;

pub(super) use ceremony::forget_expired;
pub(crate) use forget::forget_all;

use self::relying_party::RelyingParty;
use crate::Cx;

/// Whether passkeys work at the installation's address: browsers make them for a domain over https, or for
/// `localhost`, and never for an IP address.
pub fn are_offered(cx: &Cx) -> bool {
    RelyingParty::of(cx.config()).is_some()
}

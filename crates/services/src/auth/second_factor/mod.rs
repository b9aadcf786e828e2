//! The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost.

mod attempts;
mod disable_two_factor;
mod enrol;
mod half;
mod recovery_codes;
mod renew_recovery_codes;
mod seed;
mod standing;
mod switch;
pub(crate) mod tell;
mod use_recovery_code;
mod verify_code;

pub use disable_two_factor::disable_two_factor;
pub use enrol::{begin_enrolment, finish_enrolment, pending_enrolment};
pub use renew_recovery_codes::renew_recovery_codes;
pub use use_recovery_code::use_recovery_code;
pub use verify_code::verify_code;

pub(crate) use standing::standing;
pub(crate) use switch::switch_off;

//! Signing in and out, invitations, the first start: plain forms that need no WebAssembly. They post to their
//! own address, where `server` calls the use case and answers with the same page and a
//! [`FormReply`](crate::form::FormReply) when something is wrong.

mod accept;
mod ask_for_reset;
mod login;
mod logout;
mod reset;
mod set_up;
mod two_factor;

pub use accept::{AcceptPage, InvitationContext, Invited};
pub use ask_for_reset::AskForResetPage;
pub use login::LoginPage;
pub use logout::LogoutPage;
pub use reset::{ResetContext, ResetPage};
pub use set_up::SetUpPage;
pub use two_factor::{EnrolPage, RecoveryStepPage, TwoFactorStepPage};

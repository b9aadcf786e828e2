//! One's own account: how it is guarded, and what the business knows of one.

pub mod api;
mod closing_page;
mod login_panel;
mod nudge;
mod privacy_page;
mod security_page;
mod sessions_panel;
mod two_factor;

pub use closing_page::CloseAccountPage;
pub(crate) use nudge::SecondFactorNudge;
pub use privacy_page::NotificationsAndPrivacyPage;
pub use security_page::SecurityPage;
pub use two_factor::TwoFactorPage;
#[cfg(feature = "ssr")]
pub(crate) use two_factor::TwoFactorSetUp;

use crate::session::use_session;

/// The security page of whoever is signed in.
fn security_path() -> &'static str {
    if use_session().is_staff() { "/staff/security" } else { "/my/security" }
}

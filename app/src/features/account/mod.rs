//! One's own account: how it is guarded, and what the business knows of one.

pub mod api;
#[cfg(feature = "ssr")]
mod closing_page;
#[cfg(feature = "ssr")]
mod confirm_email;
mod details_page;
mod login_panel;
mod nudge;
#[cfg(feature = "ssr")]
mod passkey_form;
#[cfg(feature = "ssr")]
mod passkey_new_page;
#[cfg(feature = "ssr")]
mod passkey_page;
mod passkeys_panel;
mod password_panel;
#[cfg(feature = "ssr")]
mod privacy_page;
mod request_panel;
mod security_page;
mod sessions_panel;
mod two_factor;

#[cfg(feature = "ssr")]
pub use confirm_email::{ConfirmEmailContext, ConfirmEmailPage};
pub use details_page::DetailsPage;
pub(crate) use nudge::SecondFactorNudge;
pub use security_page::SecurityPage;
pub use two_factor::TwoFactorPage;
#[cfg(feature = "ssr")]
pub(crate) use two_factor::TwoFactorSetUp;

// Plain pages, which the browser's bundles do without.
#[cfg(feature = "ssr")]
pub use self::{
    closing_page::CloseAccountPage, passkey_form::PasskeyForm, passkey_new_page::PasskeyNewPage,
    passkey_page::PasskeyPage, privacy_page::NotificationsAndPrivacyPage,
};

use crate::session::use_session;

/// The security page of whoever is signed in.
fn security_path() -> &'static str {
    if use_session().is_staff() { "/staff/security" } else { "/my/security" }
}

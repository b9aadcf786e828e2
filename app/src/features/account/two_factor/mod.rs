//! Two-factor authentication: switching it on in three steps, and what can be done once it is.

mod page;
mod panel;
mod recovery_codes;
mod set_up;

pub use page::TwoFactorPage;
pub(super) use panel::TwoFactorPanel;
#[cfg(feature = "ssr")]
pub(crate) use set_up::TwoFactorSetUp;

//! One's own account: how it is guarded, and what the business knows of one.

pub mod api;
mod login_panel;
mod security_page;

pub use security_page::SecurityPage;

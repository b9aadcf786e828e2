//! What people do for their own accounts: details, password, notifications, privacy.

mod get_security;

pub use get_security::get_security;

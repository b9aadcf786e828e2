//! What people do for their own accounts: details, password, notifications, privacy.

mod change_password;
mod get_security;
mod password_strength;

pub use change_password::change_password;
pub use get_security::get_security;
pub use password_strength::password_strength;

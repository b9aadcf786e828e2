//! What people do for their own accounts: details, password, notifications, privacy.

mod change_password;
mod details;
mod get_security;
mod password_strength;

pub use change_password::change_password;
pub use details::{
    EmailChangeFor, Saved, cancel_email_change, confirm_email_change, get_details, request_change,
    save_details, view_email_change,
};
pub use get_security::get_security;
pub use password_strength::password_strength;

//! What people do for their own accounts: details, password, notifications, privacy.

mod details;
mod get_security;

pub use details::{
    EmailChangeFor, Saved, cancel_email_change, confirm_email_change, get_details, request_change,
    save_details, view_email_change,
};
pub use get_security::get_security;

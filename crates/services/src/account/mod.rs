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
mod close_account;
mod customer;
mod end_other_sessions;
mod end_session;
mod export;
mod get_closing;
mod get_privacy;
mod leaving;
mod list_sessions;
mod live_sessions;
mod mail_choices;
mod stop_trusting;

pub use close_account::close_account;
pub use end_other_sessions::end_other_sessions;
pub use end_session::end_session;
pub use export::{DataExport, begin_export, export_name, export_part};
pub use get_closing::get_closing;
pub use get_privacy::get_privacy;
pub use list_sessions::list_sessions;
pub use mail_choices::save_mail_choices;
pub use stop_trusting::{stop_trusting_all_devices, stop_trusting_device};

//! What people see and change of themselves and of their company.

mod email_change;
mod get_details;
mod known;
mod request_change;
mod save_details;

pub use email_change::{EmailChangeFor, cancel_email_change, confirm_email_change, view_email_change};
pub use get_details::get_details;
pub use request_change::request_change;
pub use save_details::{Saved, save_details};

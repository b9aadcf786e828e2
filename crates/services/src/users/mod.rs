//! Users: the logins of staff and customers, as administrators keep them.

mod audit_trail;
mod change_role;
mod condition;
mod create_staff_user;
mod disable_user;
mod end_sessions;
mod get_user;
mod invite_staff;
mod list_contact_logins;
mod list_users;
mod login_change;
mod memberships;
mod reset_two_factor;
mod save_user;
mod send_password_reset;
mod set_password;
mod subject;
mod two_factor;

pub use change_role::change_role;
pub use create_staff_user::create_staff_user;
pub use disable_user::{disable_user, enable_user};
pub use end_sessions::end_sessions;
pub use get_user::get_user;
pub use list_contact_logins::list_contact_logins;
pub use list_users::list_users;
pub use reset_two_factor::reset_two_factor;
pub use save_user::save_user;
pub use send_password_reset::send_password_reset;
pub use set_password::set_password;

pub(crate) use invite_staff::invite_staff;
pub(crate) use subject::{companies, end_all_sessions, has_access, lock, record, void_links};

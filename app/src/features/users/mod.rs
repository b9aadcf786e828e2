//! Users: the logins of staff and customers.
//!
//! Everything that changes something is a plain form, which posts to its page's own address.

pub mod api;
mod chips;
mod contact_password_page;
mod custom_filter;
mod edit_page;
mod list_page;
mod list_table;
mod new_page;
mod notice;
mod password_form;
mod show_page;
mod show_side;
mod show_tables;

pub use contact_password_page::{ContactPasswordPage, PasswordResetLink};
pub use edit_page::UserEditPage;
pub use list_page::UserListPage;
pub use new_page::StaffUserNewPage;
pub use show_page::UserShowPage;

use domain::{
    access::Right,
    users::{Me, Side, UserFilter, UserStatus},
};

use crate::ui::Tone;

/// The list's address.
const LIST: &str = "/staff/settings/users";

/// The address of a filter.
fn to_href(filter: &UserFilter) -> String {
    format!("{LIST}{}", filter.to_query())
}

/// How a status looks.
fn tone(status: UserStatus) -> Tone {
    match status {
        UserStatus::Invited => Tone::Info,
        UserStatus::Active => Tone::Good,
        UserStatus::Disabled => Tone::Warn,
    }
}

/// Administrators; what they send is checked where it arrives.
fn may_manage(me: &Me) -> bool {
    matches!(me.side, Side::Staff { role } if role.allows(Right::ManageUsers))
}

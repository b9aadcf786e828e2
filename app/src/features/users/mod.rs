//! Users: the logins of staff and customers.
//!
//! Everything that changes something is a plain form, which posts to its page's own address.

pub mod api;
mod chips;
#[cfg(feature = "ssr")]
mod contact_password_page;
mod custom_filter;
#[cfg(feature = "ssr")]
mod edit_page;
mod list_page;
mod list_table;
#[cfg(feature = "ssr")]
mod new_page;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod password_form;
mod password_link;
#[cfg(feature = "ssr")]
mod show_page;
#[cfg(feature = "ssr")]
mod show_side;
#[cfg(feature = "ssr")]
mod show_tables;

#[cfg(feature = "ssr")]
pub use contact_password_page::ContactPasswordPage;
#[cfg(feature = "ssr")]
pub use edit_page::UserEditPage;
pub use list_page::UserListPage;
#[cfg(feature = "ssr")]
pub use new_page::StaffUserNewPage;
pub use password_link::PasswordResetLink;
#[cfg(feature = "ssr")]
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

//! Permission groups: what portal users may do.

pub mod api;
mod conflict;
mod delete_page;
mod effects;
mod form_page;
mod list_page;
mod matrix;
mod reply;

pub use delete_page::GroupDeletePage;
pub use form_page::GroupFormPage;
pub use list_page::GroupListPage;

/// The list's address.
const LIST: &str = "/staff/settings/groups";

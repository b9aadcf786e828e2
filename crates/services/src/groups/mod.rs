//! Permission groups: what portal users, and visitors with a secure link, may do.

mod delete_group;
mod get_group;
mod list_groups;
mod people;
mod save_group;
mod stored;

pub use delete_group::{GroupDeleted, delete_group};
pub use get_group::get_group;
pub use list_groups::list_groups;
pub use save_group::{GroupSaved, save_group};

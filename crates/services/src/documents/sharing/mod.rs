//! Share links: one document, for somebody without a login.

mod create_share_link;
mod get_shared_document;
mod list_share_links;
mod open_share_link;
mod post_shared_message;
mod revoke_share_link;
mod sharer;
mod views;

pub use create_share_link::{NewShareLink, create_share_link};
pub use get_shared_document::get_shared_document;
pub use list_share_links::list_share_links;
pub use open_share_link::open_share_link;
pub use post_shared_message::post_shared_message;
pub use revoke_share_link::revoke_share_link;

pub(super) use get_shared_document::shared_page;
pub(crate) use views::ShareViews;
pub(super) use views::write_share_views;

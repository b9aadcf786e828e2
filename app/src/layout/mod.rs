//! What stands around pages: the sign-in card, the portal's header, the staff's sidebar.

mod brand;
#[cfg(feature = "ssr")]
mod dead_link;
#[cfg(feature = "ssr")]
mod loaded;
mod nav;
mod nav_item;
mod not_found;
mod portal_frame;
mod portal_shell;
mod sign_in_shell;
mod staff_frame;
mod staff_shell;
mod user_menu;
mod view_banner;

#[cfg(feature = "ssr")]
pub(crate) use brand::BrandMark;
#[cfg(feature = "ssr")]
pub use dead_link::DeadLink;
#[cfg(feature = "ssr")]
pub(crate) use loaded::loaded;
pub use nav_item::NavItem;
pub use not_found::{ErrorPage, NotFoundPage};
pub use portal_frame::PortalFrame;
pub use portal_shell::PortalShell;
pub use sign_in_shell::SignInShell;
pub use staff_frame::StaffFrame;
pub use staff_shell::StaffShell;

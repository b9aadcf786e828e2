//! Why somebody may see something in the portal, or not.

pub mod api;
mod explained;
mod member_page;
mod staff_page;

pub use member_page::MemberAccessPage;
pub use staff_page::ContactAccessPage;

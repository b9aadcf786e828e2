//! Staff look at the portal as a customer sees it: the question why, and what becomes of it afterwards.

pub mod api;
mod notice;
mod view_as_page;

pub(crate) use notice::ViewOverNotice;
pub use view_as_page::ViewAsPage;

//! Staff look at the portal as a customer sees it: the question why, and what becomes of it afterwards.

#[cfg(feature = "ssr")]
pub mod api;
mod notice;
#[cfg(feature = "ssr")]
mod view_as_page;

pub(crate) use notice::ViewOverNotice;
#[cfg(feature = "ssr")]
pub use view_as_page::ViewAsPage;

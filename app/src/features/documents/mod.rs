//! Documents as customers see them.

pub mod api;
mod list_page;
mod show_page;

pub use list_page::DocumentListPage;
pub use show_page::DocumentShowPage;

//! Documentation: articles that staff write and customers read.

pub mod api;
#[cfg(feature = "ssr")]
mod form_page;
#[cfg(feature = "ssr")]
mod list_page;
#[cfg(feature = "ssr")]
mod read_page;
#[cfg(feature = "ssr")]
mod staff_list_page;

#[cfg(feature = "ssr")]
pub use form_page::ArticleFormPage;
#[cfg(feature = "ssr")]
pub use list_page::DocumentationPage;
#[cfg(feature = "ssr")]
pub use read_page::ArticlePage;
#[cfg(feature = "ssr")]
pub use staff_list_page::ArticleListPage;

/// The customers' list.
#[cfg(feature = "ssr")]
const MINE: &str = "/my/documentation";
/// The staff's list.
#[cfg(feature = "ssr")]
const LIST: &str = "/staff/documentation";

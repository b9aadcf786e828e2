//! Documentation: articles that staff write in Markdown, for everybody in the portal or for some groups.

mod delete_article;
mod get_article;
mod get_article_form;
mod list_articles;
mod list_documentation;
mod markdown;
mod preview_article;
mod publish_article;
mod save_article;
mod search;

pub use delete_article::delete_article;
pub use get_article::get_article;
pub use get_article_form::get_article_form;
pub use list_articles::list_articles;
pub use list_documentation::list_documentation;
pub use preview_article::preview_article;
pub use publish_article::publish_article;
pub use save_article::save_article;

/// Articles that a list shows; beyond, one searches.
const MOST: u64 = 500;

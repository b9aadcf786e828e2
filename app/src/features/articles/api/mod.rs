//! The server functions of this feature: adapters, one call each.
#![allow(missing_docs, reason = "the macro makes each argument a public field; the use case documents them")]

mod get_article;
mod get_article_form;
mod list_articles;
mod list_documentation;
mod preview_article;

pub use get_article::*;
pub use get_article_form::*;
pub use list_articles::*;
pub use list_documentation::*;
pub use preview_article::*;

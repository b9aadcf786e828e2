use domain::{articles::Article, ids::ArticleId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// An article as a customer reads it.
#[server(prefix = "/fn", endpoint = "my/articles/get_article", input = Json, output = Json)]
pub async fn get_article(id: ArticleId) -> Result<Article, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::articles::get_article(&cx, id).await)
}

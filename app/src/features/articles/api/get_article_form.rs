use domain::{articles::ArticleFormPage, ids::ArticleId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The form of an article, or of a new one.
#[server(prefix = "/fn", endpoint = "staff/articles/get_article_form", input = Json, output = Json)]
pub async fn get_article_form(id: Option<ArticleId>) -> Result<ArticleFormPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::articles::get_article_form(&cx, id).await)
}

use domain::articles::{ArticleFilter, StaffArticleRow};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Every article, for staff; and whether there are more.
#[server(prefix = "/fn", endpoint = "staff/articles/list_articles", input = Json, output = Json)]
pub async fn list_articles(filter: ArticleFilter) -> Result<(Vec<StaffArticleRow>, bool), PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::articles::list_articles(&cx, &filter).await)
}

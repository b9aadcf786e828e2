use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What a text in Markdown would look like.
#[allow(clippy::unused_async, reason = "a server function is one, whatever its use case")]
#[server(prefix = "/fn", endpoint = "staff/articles/preview_article", input = Json, output = Json)]
pub async fn preview_article(body: String) -> Result<String, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::articles::preview_article(&cx, &body))
}

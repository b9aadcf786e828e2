use domain::documents::SearchGroup;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The documents of every kind that a text is found in.
#[server(prefix = "/fn", endpoint = "my/documents/search_all", input = Json, output = Json)]
pub async fn search_all(text: String) -> Result<Vec<SearchGroup>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::documents::search_all(&cx, &text).await)
}

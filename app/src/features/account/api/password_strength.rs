use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// How good a password would be, from 0 to 3, and what there is to say about it.
#[server(prefix = "/fn", endpoint = "account/password_strength", input = Json, output = Json)]
pub async fn password_strength(password: String) -> Result<(u8, String), PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::password_strength(&cx, &password).await)
}

use domain::addresses::AddressBook;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The addresses that somebody may see.
#[server(prefix = "/fn", endpoint = "my/addresses/list_addresses", input = Json, output = Json)]
pub async fn list_addresses() -> Result<AddressBook, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::addresses::list_addresses(&cx).await)
}

use domain::{
    Page,
    contacts::{ContactFilter, ContactRow},
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Contacts by name, filtered, a page at a time.
#[server(prefix = "/fn", endpoint = "staff/contacts/list_contacts", input = Json, output = Json)]
pub async fn list_contacts(filter: ContactFilter) -> Result<Page<ContactRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::contacts::list_contacts(&cx, &filter).await)
}

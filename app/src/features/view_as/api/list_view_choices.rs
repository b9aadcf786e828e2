use domain::{ids::ContactId, view_as::ViewChoices};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// As whom the portal of a contact can be viewed.
#[server(prefix = "/fn", endpoint = "staff/view_as/list_view_choices", input = Json, output = Json)]
pub async fn list_view_choices(id: ContactId) -> Result<ViewChoices, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::view_as::list_view_choices(&cx, id).await)
}

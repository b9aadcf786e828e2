use domain::{access::EmailState, ids::ContactId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// What a grant would make of emails as they are typed.
#[server(prefix = "/fn", endpoint = "staff/access/check_emails", input = Json, output = Json)]
pub async fn check_emails(typed: Vec<(ContactId, String)>) -> Result<Vec<EmailState>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::access::check_emails(&cx, &typed).await)
}

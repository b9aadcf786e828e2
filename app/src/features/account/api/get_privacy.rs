use domain::account::PrivacyPage;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Which mails a customer gets, and what they can do with their data.
#[server(prefix = "/fn", endpoint = "account/get_privacy", input = Json, output = Json)]
pub async fn get_privacy() -> Result<PrivacyPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::get_privacy(&cx).await)
}

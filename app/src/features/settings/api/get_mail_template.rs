use domain::settings::MailTemplatePage;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A mail's words, what may stand in them, and how they read.
#[server(prefix = "/fn", endpoint = "staff/settings/get_mail_template", input = Json, output = Json)]
pub async fn get_mail_template(kind: String) -> Result<MailTemplatePage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::settings::get_mail_template(&cx, &kind).await)
}

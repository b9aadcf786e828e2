use domain::{ids::MailId, mail::MailRow};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Sends a mail again.
#[server(prefix = "/fn", endpoint = "staff/mail/resend_mail", input = Json, output = Json)]
pub async fn resend_mail(id: MailId) -> Result<MailRow, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::mail::resend_mail(&cx, id).await)
}

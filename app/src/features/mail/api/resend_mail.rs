use domain::{ids::MailId, mail::MailRow};
use leptos::prelude::*;
use server_fn::codec::Json;

use crate::PortalError;

/// Sends a mail again.
#[server(prefix = "/fn", endpoint = "staff/mail/resend_mail", input = Json)]
pub async fn resend_mail(id: MailId) -> Result<MailRow, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::mail::resend_mail(&cx, id).await)
}

use domain::{
    Page,
    mail::{ListMailRequest, MailRow},
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The mails in the outbox.
#[server(prefix = "/fn", endpoint = "staff/mail/list_mail", input = Json, output = Json)]
pub async fn list_mail(request: ListMailRequest) -> Result<Page<MailRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::mail::list_mail(&cx, &request).await)
}

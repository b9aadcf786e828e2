use domain::account::Enrolled;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Switches two-factor authentication on, by a code of the app.
#[server(prefix = "/fn", endpoint = "account/finish_enrolment", input = Json, output = Json)]
pub async fn finish_enrolment(code: String) -> Result<Enrolled, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::auth::second_factor::finish_enrolment(&cx, &code).await)
}

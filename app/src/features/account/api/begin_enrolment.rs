use domain::account::Enrolling;
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Begins to set up two-factor authentication.
#[server(prefix = "/fn", endpoint = "account/begin_enrolment", input = Json, output = Json)]
pub async fn begin_enrolment(password: String) -> Result<Enrolling, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::auth::second_factor::begin_enrolment(&cx, &password).await)
}

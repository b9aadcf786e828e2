use domain::{ids::UserId, users::UserPage};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// A user's page.
#[server(prefix = "/fn", endpoint = "staff/users/get_user", input = Json, output = Json)]
pub async fn get_user(id: UserId) -> Result<UserPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::users::get_user(&cx, id).await)
}

use domain::{
    Page,
    users::{UserFilter, UserRow},
};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// Users by login, filtered, a page at a time.
#[server(prefix = "/fn", endpoint = "staff/users/list_users", input = Json, output = Json)]
pub async fn list_users(filter: UserFilter) -> Result<Page<UserRow>, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::users::list_users(&cx, &filter).await)
}

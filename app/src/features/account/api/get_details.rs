use domain::details::{AddressOf, DetailsPage};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// One's own details, with the fields of a country.
#[server(prefix = "/fn", endpoint = "my/account/get_details", input = Json, output = Json)]
pub async fn get_details(country: String, address: AddressOf) -> Result<DetailsPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::account::get_details(&cx, &country, address).await)
}

use domain::{addresses::AddressFormPage, ids::AddressId};
use leptos::prelude::*;

use crate::{PortalError, json::Json};

/// The form of an address, or of a new one, with the fields of a country.
#[server(prefix = "/fn", endpoint = "my/addresses/get_address", input = Json, output = Json)]
pub async fn get_address(id: Option<AddressId>, country: String) -> Result<AddressFormPage, PortalError> {
    let cx = crate::server::cx()?;
    crate::server::answer(&cx, services::addresses::get_address(&cx, id, &country).await)
}

use domain::addresses::AddressRow;
use leptos::prelude::*;

use super::card::address;
use crate::ui::Panel;

/// Section *Addresses* of a contact's page: what the customer keeps in the portal, to read.
#[component]
pub(crate) fn AddressesPanel(addresses: Vec<AddressRow>) -> impl IntoView {
    (!addresses.is_empty())
        .then(|| {
            let rows = addresses.iter().map(|row| view! { <li>{address(row)}</li> }).collect_view();
            view! {
                <Panel title="Addresses" id="addresses">
                    <ul class="address-list">{rows}</ul>
                </Panel>
            }
        })
        .into_any()
}

use domain::addresses::AddressRow;
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// An address as it is written, with what it is for.
pub(super) fn address(row: &AddressRow) -> impl IntoView + use<> {
    let defaults =
        [(row.is_default_billing, "Default for billing"), (row.is_default_delivery, "Default for delivery")];
    let badges = defaults
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, text)| view! { <Badge tone=Tone::Good text=text /> })
        .collect_view();
    let phone = Some(row.phone.clone()).filter(|phone| !phone.is_empty());
    view! {
        <div class="badges">
            <Badge text=row.kind.label() />
            {badges}
        </div>
        <address class="lines">
            <strong>{row.name.clone()}</strong>
            {format!("\n{}", row.lines.join("\n"))}
            {phone.map(|phone| format!("\n{phone}"))}
        </address>
    }
}

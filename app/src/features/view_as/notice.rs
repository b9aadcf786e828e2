use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Alert, Tone};

/// Tells staff who looked at a customer's portal that they do not any more.
#[component]
pub(crate) fn ViewOverNotice() -> impl IntoView {
    let is_over = use_query_map().with_untracked(|query| query.get_str("notice") == Some("view-over"));
    is_over
        .then(|| {
            view! {
                <Alert tone=Tone::Info title="You do not view the portal as a customer any more.">
                    "The 15 minutes are over, or the access is gone. Open the customer’s page to view it again."
                </Alert>
            }
        })
        .into_any()
}

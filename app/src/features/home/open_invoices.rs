//! What is open, and since when.

use domain::{access::Permission, documents::Ages};
use leptos::prelude::*;

use crate::{features::documents::OpenByAge, session::use_session, ui::Panel};

/// Section *Open invoices*: what is to be paid by age, in each currency; nothing where nothing is open.
#[component]
pub(super) fn OpenInvoices(open: Vec<Ages>) -> impl IntoView {
    if open.is_empty() {
        return ().into_any();
    }
    let session = use_session();
    let has_statement = session.may_in_portal(Permission::StatementView);
    let parts = open.into_iter().map(|ages| view! { <OpenByAge ages=ages /> }).collect_view();
    view! {
        <Panel
            title="Open invoices"
            id="open-invoices"
            actions=move || has_statement.then(|| view! { <a href="/my/statement">"See the statement"</a> })
        >
            <div class="stack">{parts}</div>
        </Panel>
    }
    .into_any()
}

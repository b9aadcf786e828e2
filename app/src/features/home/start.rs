//! Ways to begin: the pages that somebody may open, and the first three steps.

use domain::access::{Right, StaffRole};
use leptos::prelude::*;

use crate::ui::{ButtonLink, Glyph, Icon, Panel};

/// A page to begin with.
pub(super) struct Start {
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// The link's text.
    pub(super) action: &'static str,
    pub(super) href: &'static str,
    pub(super) glyph: Glyph,
}

/// A card for each page.
#[component]
pub(super) fn Starts(starts: Vec<Start>) -> impl IntoView {
    let cards = starts
        .into_iter()
        .map(|Start { title, text, action, href, glyph }| {
            view! {
                <li class="card start">
                    <Icon glyph=glyph />
                    <h2>{title}</h2>
                    <p>{text}</p>
                    <ButtonLink href=href>{action}</ButtonLink>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="starts">{cards}</ul> }.into_any()
}

/// From an empty installation to the first customer who signs in, as far as a role leads there.
#[component]
pub(super) fn FirstSteps(role: StaffRole) -> impl IntoView {
    if !role.allows(Right::ManageAccess) {
        return ().into_any();
    }
    let steps = [
        (
            Right::Import,
            "Import your records",
            "Upload the CSV files that Odoo exports: contacts, quotations, invoices, projects. Check them first; \
             importing the same files again changes only what differs.",
        ),
        (
            Right::ReadContacts,
            "Find a customer",
            "Search by name, email or city. A company's page shows the people who work there.",
        ),
        (
            Right::ManageAccess,
            "Grant portal access",
            "Choose it in the menu Action. The person gets a mail with a link, chooses a password, and sees the \
             company's documents, and nobody else's.",
        ),
    ];
    let steps = steps
        .into_iter()
        .filter(|(right, ..)| role.allows(*right))
        .map(|(_, title, text)| {
            view! {
                <li>
                    <strong>{title}</strong>
                    <p>{text}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <Panel title="Getting started" id="getting-started">
            <ol class="first-steps">{steps}</ol>
        </Panel>
    }
    .into_any()
}

use domain::users::{UserKind, UserPage};
use leptos::prelude::*;

use super::show_page::small_form;
use crate::ui::{Badge, Cell, CellKind, Column, EmptyState, Panel, Row, Table, Tone};

/// What a portal user sees, as which contact of which company.
pub(super) fn membership_panel(page: &UserPage) -> Option<AnyView> {
    if page.kind != UserKind::Portal {
        return None;
    }
    let columns = ["Contact", "Group", "State", "Valid"].map(Column::new);
    let rows = page
        .memberships.iter().cloned().map(|membership| {
            let (tone, state) = match membership.state.as_str() {
                "active" => (Tone::Good, "Active"),
                "pending" => (Tone::Info, "Waiting for acceptance"),
                _ => (Tone::Neutral, "Ended"),
            };
            let company = (membership.company != membership.name)
                .then(|| view! { <span class="sub">{membership.company.clone()}</span> });
            let from = membership.valid_from.map(|from| format!("from {}", from.display()));
            let until = membership.valid_until.map(|until| format!("until {}", until.display()));
            let valid = [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ");
            view! {
                <Row>
                    <Cell kind=CellKind::Title>
                        <a href=format!("/staff/contacts/{}", membership.contact)>{membership.name.clone()}</a>
                        {company}
                    </Cell>
                    <Cell label="Group">{membership.group.clone()}</Cell>
                    <Cell label="State">
                        <Badge tone=tone text=state />
                    </Cell>
                    <Cell label="Valid">
                        {if valid.is_empty() { "Without end".to_owned() } else { valid }}
                    </Cell>
                </Row>
            }
        })
        .collect_view();
    let content = if page.memberships.is_empty() {
        view! { <EmptyState title="Has no access" text="Grant it on the contact's page." /> }.into_any()
    } else {
        view! { <Table label="Memberships" columns=columns.into()>{rows}</Table> }.into_any()
    };
    let panel = view! {
        <Panel title="Memberships" id="memberships" flush=true>
            {content}
        </Panel>
    };
    Some(panel.into_any())
}

/// Where the user is signed in.
pub(super) fn session_panel(page: &UserPage, address: &str) -> impl IntoView + use<> {
    let columns = ["Device", "Address", "Since", "Last seen"].map(Column::new);
    let rows = page
        .sessions
        .iter()
        .cloned()
        .map(|session| {
            let current = session.is_current.then(|| view! { <span class="sub">"This browser"</span> });
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{session.device.clone()} {current}</Cell>
                    <Cell label="Address">{session.address.clone()}</Cell>
                    <Cell label="Since">{session.created.display()}</Cell>
                    <Cell label="Last seen">{session.last_seen.display()}</Cell>
                </Row>
            }
        })
        .collect_view();
    let others = page.sessions.iter().filter(|session| !session.is_current).count();
    let (address, is_self) = (address.to_owned(), page.is_self);
    let end = move || {
        let label = if is_self { "End all other sessions" } else { "End all sessions" };
        (others > 0).then(|| small_form(&address, "end-sessions", label, label.to_owned()))
    };
    let content = if page.sessions.is_empty() {
        view! { <EmptyState title="Not logged in anywhere" /> }.into_any()
    } else {
        view! { <Table label="Sessions" columns=columns.into()>{rows}</Table> }.into_any()
    };
    view! {
        <Panel title="Sessions" id="sessions" flush=true actions=end>
            {content}
        </Panel>
    }
}

/// What happened to the user, and what they did.
pub(super) fn trail_panel(page: &UserPage) -> impl IntoView + use<> {
    let columns = ["What", "By", "When"].map(Column::new);
    let rows = page
        .trail
        .iter()
        .cloned()
        .map(|event| {
            let subject = Some(event.subject).filter(|subject| *subject != page.login && !subject.is_empty());
            let details = [subject, Some(event.detail)].into_iter().flatten();
            let details = details.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
            let details = (!details.is_empty()).then(|| view! { <span class="sub">{details}</span> });
            let address = (!event.address.is_empty())
                .then(|| view! { <span class="sub">{format!("from {}", event.address)}</span> });
            view! {
                <Row>
                    <Cell kind=CellKind::Title>{event.what} {details}</Cell>
                    <Cell label="By">
                        <span>{event.actor} {address}</span>
                    </Cell>
                    <Cell label="When">{event.at.display_exact()}</Cell>
                </Row>
            }
        })
        .collect_view();
    let content = if page.trail.is_empty() {
        view! { <EmptyState title="Nothing has happened yet" /> }.into_any()
    } else {
        view! { <Table label="Audit trail" columns=columns.into() class="user-trail">{rows}</Table> }
            .into_any()
    };
    view! {
        <Panel title="Audit trail" id="trail" flush=true>
            {content}
        </Panel>
    }
}

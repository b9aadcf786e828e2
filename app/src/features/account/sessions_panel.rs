use domain::account::{OwnSession, TrustedDevice};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Alert, Badge, Button, Cell, CellKind, Column, EmptyState, Panel, Row, Table, Tone};

/// Section *Sessions*: where one is logged in; each other browser can be logged out, or all at once.
#[component]
pub(super) fn SessionsPanel(
    sessions: Vec<OwnSession>,
    /// When they end by themselves, in words.
    limits: String,
    /// Where its forms post to.
    address: &'static str,
) -> impl IntoView {
    let done = match done().as_deref() {
        Some("session-ended") => Some("The session has ended: that browser is logged out at its next click."),
        Some("sessions-ended") => {
            Some("All other sessions have ended: those browsers are logged out at their next click.")
        }
        _ => None,
    };
    let has_others = sessions.iter().any(|session| !session.is_current);
    let rows = sessions
        .into_iter()
        .zip(1_u32..)
        .map(move |(session, number)| row(session, number, address))
        .collect_view();
    let mut columns: Vec<Column> =
        ["Browser", "System", "Address", "First seen", "Last seen"].map(Column::new).into();
    columns.push(Column::quiet("End"));
    let end_all =
        move || has_others.then(|| form(address, "end-others", None, "End all other sessions", None));
    view! {
        <Panel title="Sessions" id="sessions" flush=true actions=end_all>
            {told(done)}
            <Table label="Sessions" columns=columns>
                {rows}
            </Table>
            <p class="hint panel-note">{limits}</p>
        </Panel>
    }
    .into_any()
}

fn row(session: OwnSession, number: u32, address: &'static str) -> impl IntoView {
    let OwnSession { id, browser, system, address: from, since, last_seen, is_current } = session;
    let end = (!is_current).then(|| {
        let label = format!("End session {number}: {browser} on {system}");
        form(address, "end", Some(id.to_string()), "End", Some(label))
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {browser} " " {is_current.then(|| view! { <Badge tone=Tone::Good text="This device" /> })}
            </Cell>
            <Cell label="System">{system}</Cell>
            <Cell label="Address">{from}</Cell>
            <Cell label="First seen">{since}</Cell>
            <Cell label="Last seen">{last_seen}</Cell>
            <Cell kind=CellKind::Actions>{end}</Cell>
        </Row>
    }
}

/// Section *Trusted devices*: where no code is asked for.
#[component]
pub(super) fn TrustedDevicesPanel(
    devices: Vec<TrustedDevice>,
    /// Where its forms post to.
    address: &'static str,
) -> impl IntoView {
    let done = match done().as_deref() {
        Some("trust-ended") => Some("A code is asked for there again, the next time that you log in."),
        _ => None,
    };
    let several = devices.len() > 1;
    let all = move || several.then(|| form(address, "distrust-all", None, "Stop trusting all devices", None));
    let content = if devices.is_empty() {
        view! {
            <EmptyState
                title="No device is trusted"
                text="With two-factor authentication, you can trust a device for 30 days when you enter a code on it. Your password is asked for all the same."
            />
        }
        .into_any()
    } else {
        let mut columns: Vec<Column> = ["Device", "Trusted since", "Until"].map(Column::new).into();
        columns.push(Column::quiet("Stop trusting"));
        let rows =
            devices.into_iter().zip(1_u32..).map(move |(device, number)| device_row(device, number, address));
        view! {
            <Table label="Trusted devices" columns=columns>
                {rows.collect_view()}
            </Table>
        }
        .into_any()
    };
    view! {
        <Panel title="Trusted devices" id="trusted-devices" flush=true actions=all>
            {told(done)}
            {content}
        </Panel>
    }
    .into_any()
}

fn device_row(device: TrustedDevice, number: u32, address: &'static str) -> impl IntoView {
    let TrustedDevice { id, name, since, until, is_current } = device;
    let label = format!("Stop trusting device {number}: {name}");
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                {name} " " {is_current.then(|| view! { <Badge tone=Tone::Good text="This device" /> })}
            </Cell>
            <Cell label="Trusted since">{since}</Cell>
            <Cell label="Until">{until}</Cell>
            <Cell kind=CellKind::Actions>
                {form(address, "distrust", Some(id.to_string()), "Stop trusting", Some(label))}
            </Cell>
        </Row>
    }
}

/// A form that is nothing but its button; `name` is its accessible name where the text would not be unique.
fn form(
    address: &'static str,
    what: &'static str,
    id: Option<String>,
    text: &'static str,
    name: Option<String>,
) -> impl IntoView {
    view! {
        <form method="post" action=address>
            {id.map(|id| view! { <input type="hidden" name="id" value=id /> })}
            <Button submit=true name="do" value=what attr:aria-label=name>
                {text}
            </Button>
        </form>
    }
}

/// What was just done, as the address says.
fn done() -> Option<String> {
    use_query_map().with_untracked(|query| query.get("done"))
}

fn told(done: Option<&'static str>) -> Option<impl IntoView> {
    done.map(|done| view! { <div class="panel-note"><Alert tone=Tone::Good title=done /></div> })
}

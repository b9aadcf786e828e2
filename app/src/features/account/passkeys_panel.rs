use domain::passkeys::Passkey;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Alert, ButtonLink, Cell, CellKind, Column, EmptyState, Glyph, Panel, Row, Table, Tone};

/// Section *Passkeys*: the list, and the way to add one. Its pages are plain forms, each another page load away.
#[component]
pub(super) fn PasskeysPanel(
    /// One's own.
    passkeys: Vec<Passkey>,
    /// The address of the security page that it stands on.
    page: &'static str,
) -> impl IntoView {
    let done = match use_query_map().with_untracked(|query| query.get("notice")).as_deref() {
        Some("passkey-added") => Some("The passkey is added. Next time, log in with it."),
        Some("passkey-renamed") => Some("The passkey has its new name."),
        Some("passkey-removed") => Some("The passkey is removed, and every other browser was logged out."),
        _ => None,
    };
    let list = if passkeys.is_empty() {
        let text = "Log in with your finger, your face or a PIN: nothing to remember, and nothing that a false page \
                    could trick out of you.";
        view! { <EmptyState glyph=Glyph::Lock title="You have no passkeys yet" text=text /> }.into_any()
    } else {
        let columns = ["Name", "Created", "Last used"].map(Column::new).into();
        let rows = passkeys.into_iter().map(|passkey| row(passkey, page)).collect_view();
        view! {
            <Table label="Your passkeys" columns=columns>
                {rows}
            </Table>
        }
        .into_any()
    };
    let add = move || {
        view! {
            <ButtonLink href=format!("{page}/passkeys/new") external=true>
                "Add a passkey"
            </ButtonLink>
        }
    };
    view! {
        <Panel title="Passkeys" id="passkeys-panel" actions=add>
            <div class="stack">
                {done.map(|done| view! { <Alert tone=Tone::Good title=done /> })} {list}
            </div>
        </Panel>
    }
    .into_any()
}

fn row(passkey: Passkey, page: &str) -> AnyView {
    let last = passkey.last_used.map_or_else(|| "Never".to_owned(), |at| at.display());
    let href = format!("{page}/passkeys/{}", passkey.id);
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=href rel="external">
                    {passkey.name}
                </a>
            </Cell>
            <Cell label="Created">{passkey.created.display()}</Cell>
            <Cell label="Last used">{last}</Cell>
        </Row>
    }
    .into_any()
}

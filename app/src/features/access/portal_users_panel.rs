use domain::{access::PortalUser, ids::ContactId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    features::contacts::tone,
    ui::{Alert, Badge, Button, ButtonLink, Cell, CellKind, Column, EmptyState, Panel, Row, Table, Tone},
};

/// The section *Portal users* of a customer's page.
#[component]
pub(crate) fn PortalUsersPanel(customer: ContactId, users: Vec<PortalUser>) -> impl IntoView {
    let columns = ["Login", "Permission group", "State", "Latest authentication"].map(Column::new);
    let content = if users.is_empty() {
        let text =
            "Add the customer itself or one of its contacts, and they sign in with a login of their own.";
        view! { <EmptyState title="No portal users yet" text=text /> }.into_any()
    } else {
        let rows = users.into_iter().map(row).collect_view();
        view! { <Table label="Portal users" columns=columns.into() class="portal-users">{rows}</Table> }
            .into_any()
    };
    let new = format!("/staff/contacts/{customer}/portal-users/new");
    view! {
        <Panel
            title="Portal users"
            id="portal-users"
            flush=true
            actions=move || view! { <ButtonLink href=new>"New"</ButtonLink> }
        >
            {content}
        </Panel>
    }
    .into_any()
}

fn row(user: PortalUser) -> impl IntoView {
    let href = format!("/staff/contacts/{}/portal-user", user.contact);
    let last = user.last_authenticated.map_or_else(|| "Never".to_owned(), |at| at.display());
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <a href=href>{user.login}</a>
                <span class="sub">{user.name}</span>
            </Cell>
            <Cell label="Permission group">{user.group_name}</Cell>
            <Cell label="State">
                <Badge tone=tone(user.state) text=user.state.label() />
                {user.require_two_factor.then(|| view! { <Badge text="Two-factor" /> })}
            </Cell>
            <Cell label="Latest authentication">{last}</Cell>
        </Row>
    }
}

/// What became of a form about portal access that led back here, with the way back from an end.
#[component]
pub(crate) fn AccessNotice(
    /// The contact that the page shows.
    contact: ContactId,
) -> impl IntoView {
    let query = use_query_map();
    move || {
        let done = query.with(|query| query.get("done"))?;
        let title = match done.as_str() {
            "invited" => "The invitation is on its way.",
            "added" => "The portal user can sign in now.",
            "saved" => "Saved. It acts at the person's next request.",
            "restored" => "The access is restored.",
            "ended" => "The access ended.",
            _ => return None,
        };
        let undo = (done == "ended").then(|| {
            view! {
                <form method="post" action=format!("/staff/contacts/{contact}")>
                    <Button submit=true name="what" value="undo">"Undo"</Button>
                </form>
            }
        });
        Some(view! { <Alert tone=Tone::Good title=title>{undo}</Alert> })
    }
}

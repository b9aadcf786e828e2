use domain::{
    Page, PageRequest,
    users::{UserFilter, UserRow},
};
use leptos::prelude::*;

use super::{LIST, to_href, tone};
use crate::ui::{Avatar, Badge, Cell, CellKind, Column, EmptyState, Glyph, Pager, Row, Table};

/// The list's rows.
#[component]
pub(super) fn UserTable(page: Page<UserRow>, filter: UserFilter) -> impl IntoView {
    if page.items.is_empty() {
        return view! {
            <div class="card">
                <EmptyState
                    title="No user matches"
                    text="Search for fewer words, or remove a filter."
                    glyph=Glyph::Users
                >
                    <a href=LIST>"Show all users"</a>
                </EmptyState>
            </div>
        }
        .into_any();
    }
    let turn = |after: Option<String>, before: Option<String>| {
        to_href(&UserFilter { page: PageRequest { after, before }, ..filter.clone() })
    };
    let previous = page.previous.map(|cursor| turn(None, Some(cursor)));
    let next = page.next.map(|cursor| turn(Some(cursor), None));
    let pager = (previous.is_some() || next.is_some())
        .then(|| view! { <Pager previous=previous next=next summary="By login" /> });
    let columns = ["Name and login", "Groups", "Company", "Status", "Two-factor", "Latest authentication"]
        .map(Column::new);
    let rows = page.items.into_iter().map(view_row).collect_view();
    view! {
        <Table label="Users" columns=columns.into() class="user-list">
            {rows}
        </Table>
        {pager}
    }
    .into_any()
}

fn view_row(row: UserRow) -> impl IntoView {
    let last = row.last_authenticated.map_or_else(|| "Never".to_owned(), |last| last.display());
    let companies = (!row.companies.is_empty()).then(|| row.companies.join(", "));
    let groups = (!row.groups.is_empty()).then(|| {
        view! { <span class="sub">{row.groups.join(", ")}</span> }
    });
    view! {
        <Row>
            <Cell kind=CellKind::Title>
                <span class="contact-name">
                    <Avatar name=row.name.clone() />
                    // The login belongs to the link's name: two people may be called the same.
                    <a href=format!("{LIST}/{}", row.id)>{row.name} " " <span class="sub">{row.login}</span></a>
                </span>
            </Cell>
            <Cell label="Groups">
                <span>{row.kind.label()} {groups}</span>
            </Cell>
            <Cell label="Company">{companies}</Cell>
            <Cell label="Status">
                <Badge tone=tone(row.status) text=row.status.label() />
            </Cell>
            <Cell label="Two-factor">{if row.two_factor { "On" } else { "Off" }}</Cell>
            <Cell label="Latest authentication">{last}</Cell>
        </Row>
    }
}

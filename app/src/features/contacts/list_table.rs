use std::collections::HashSet;

use domain::{
    Page,
    access::PortalState,
    contacts::{ContactFilter, ContactRow},
    ids::ContactId,
};
use leptos::prelude::*;

use super::filter::{self, LIST};
use crate::{
    PortalError,
    features::access::GrantDialog,
    ui::{
        Avatar, Badge, Cell, CellKind, CheckboxField, Column, EmptyState, Menu, MenuItem, Pager, Row, Table,
        Tone,
    },
};

/// The list's rows, with the menu *Action* once some are ticked.
#[component]
pub(super) fn ContactTable(
    page: Page<ContactRow>,
    filter: ContactFilter,
    may_grant: bool,
    contacts: Resource<Result<Page<ContactRow>, PortalError>>,
) -> impl IntoView {
    if page.items.is_empty() {
        return empty(&filter);
    }
    let ticked = RwSignal::new(HashSet::<ContactId>::new());
    let granting = RwSignal::new(None::<Vec<ContactId>>);
    let href = |after: Option<String>, before: Option<String>| {
        let mut filter = filter.clone();
        filter.page = domain::PageRequest { after, before };
        filter::to_href(&filter)
    };
    let previous = page.previous.clone().map(|cursor| href(None, Some(cursor)));
    let next = page.next.clone().map(|cursor| href(Some(cursor), None));
    let all: Vec<ContactId> = page.items.iter().map(|row| row.id).collect();
    let mut columns = Vec::new();
    if may_grant {
        columns.push(Column::tick("Select"));
    }
    columns.extend(["Name", "Email", "Phone", "City", "Portal access"].map(Column::new));
    let rows = page.items.into_iter().map(|row| view_row(row, may_grant, ticked)).collect_view();
    view! {
        // The count and the menu follow the ticks by the style sheet, without script.
        // It posts nothing: the ticks go along to the page that changes many.
        <form class="contact-form" method="get" action="/staff/contacts/bulk">
            <Table label="Contacts" columns=columns class="contact-list">
                {rows}
            </Table>
            {may_grant.then(|| bulk_bar(all, ticked, granting))}
        </form>
        <Pager previous=previous next=next />
        {may_grant
            .then(|| {
                view! { <GrantDialog contacts=granting on_close=move || contacts.refetch() /> }
            })}
    }
    .into_any()
}

fn view_row(row: ContactRow, may_grant: bool, ticked: RwSignal<HashSet<ContactId>>) -> impl IntoView {
    let id = row.id;
    let below = [row.parent.clone().unwrap_or_default(), row.kind.label().to_owned()];
    let below = below.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let select = format!("Select {}", row.name);
    view! {
        <Row>
            {may_grant
                .then(move || {
                    view! {
                        <Cell kind=CellKind::Tick>
                            <CheckboxField
                                label=select
                                label_hidden=true
                                name="contact"
                                id=format!("tick-{id}")
                                value=id.to_string()
                                on_change=move |is_ticked: bool| {
                                    ticked
                                        .update(|ticked| {
                                            if is_ticked {
                                                ticked.insert(id);
                                            } else {
                                                ticked.remove(&id);
                                            }
                                        });
                                }
                            />
                        </Cell>
                    }
                })}
            <Cell kind=CellKind::Title>
                <span class="contact-name">
                    <Avatar name=row.name.clone() />
                    <span>
                        <a href=format!("{LIST}/{id}")>{row.name.clone()}</a>
                        <span class="sub">{below}</span>
                    </span>
                </span>
            </Cell>
            <Cell label="Email">{filled(row.email)}</Cell>
            <Cell label="Phone">{filled(row.phone)}</Cell>
            <Cell label="City">{filled(row.city)}</Cell>
            <Cell label="Portal access">
                <Badge tone=tone(row.state) text=row.state.label() />
            </Cell>
        </Row>
    }
}

/// Nothing rather than an empty text, so that a card shows no name without a value.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// How a portal state looks.
pub(crate) fn tone(state: PortalState) -> Tone {
    match state {
        PortalState::None => Tone::Neutral,
        PortalState::Invited | PortalState::Pending => Tone::Info,
        PortalState::Active => Tone::Good,
        PortalState::Disabled => Tone::Bad,
    }
}

/// The menu for ticked rows; in the list's order, whatever order they were ticked in.
fn bulk_bar(
    all: Vec<ContactId>,
    ticked: RwSignal<HashSet<ContactId>>,
    granting: RwSignal<Option<Vec<ContactId>>>,
) -> impl IntoView {
    let grant = move |_| {
        let chosen = ticked.with_untracked(|ticked| {
            all.iter().copied().filter(|id| ticked.contains(id)).collect::<Vec<_>>()
        });
        granting.set(Some(chosen));
    };
    view! {
        <div class="bulk-bar">
            <span class="bulk-count"></span>
            <Menu id="action" label="Action">
                <MenuItem label="Grant portal access" on_click=grant />
                <MenuItem label="Change in bulk" submit=true />
            </Menu>
        </div>
    }
}

fn empty(filter: &ContactFilter) -> AnyView {
    let is_filtered = *filter != ContactFilter { archived: filter.archived, ..ContactFilter::default() };
    if is_filtered {
        view! {
            <EmptyState title="No contact matches" text="Search for fewer words, or remove a filter.">
                <a href=LIST>"Show all contacts"</a>
            </EmptyState>
        }
        .into_any()
    } else if filter.archived {
        view! { <EmptyState title="Nothing is archived" text="Archived contacts are kept here." /> }
            .into_any()
    } else {
        view! {
            <EmptyState title="No contacts yet" text="Import them from your records, or make the first by hand.">
                <a href="/staff/import">"Bring in your records"</a>
            </EmptyState>
        }
        .into_any()
    }
}

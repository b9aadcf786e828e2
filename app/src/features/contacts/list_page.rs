use domain::{
    access::{BulkTargets, PortalState, Right},
    contacts::{ContactFilter, ContactKind},
    users::{Me, Side},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    api::list_contacts,
    filter::{self, LIST},
    list_table::ContactTable,
};
use crate::{
    layout::ErrorPage,
    session::use_session,
    ui::{
        ButtonKind, ButtonLink, FilterBar, FilterTab, FilterTabs, PageHeader, Refreshing, SearchBox,
        Skeleton, busy, live_search,
    },
};

/// `/staff/contacts`.
#[component]
pub fn ContactListPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(filter::from_query));
    let contacts = Resource::new(move || wanted.get(), list_contacts);
    let search = live_search(move |search| {
        let current = wanted.try_get_untracked()?;
        Some(filter::to_href(&ContactFilter { search, page: Default::default(), ..current }))
    });
    let (busy, told) = busy();
    let first = wanted.get_untracked();
    let may_edit = use_session().me.as_ref().is_some_and(may_edit);
    view! {
        <Title text="Contacts" />
        <div class="page">
        <PageHeader title="Contacts">
            {may_edit
                .then(|| {
                    let href = move || filter::bulk_href(&BulkTargets::Matching(wanted.get()));
                    view! { <a class="button" href=href>"Bulk portal access"</a> }
                })}
            {may_edit
                .then(|| {
                    view! {
                        <ButtonLink href=format!("{LIST}/new") kind=ButtonKind::Primary>
                            "New contact"
                        </ButtonLink>
                    }
                })}
        </PageHeader>
        <FilterBar>
            <SearchBox
                label="Search contacts"
                action=LIST
                value=first.search.clone()
                on_input=search
                keep=filter::pairs(&ContactFilter { search: String::new(), ..first })
            />
            {move || tabs(&wanted.get())}
        </FilterBar>
        <Refreshing busy=busy>
        <Transition set_pending=told fallback=|| {
            view! { <Skeleton rows=true lines=8 /> }
        }>
            {move || Suspend::new(async move {
                match contacts.await {
                    Ok(page) => {
                        let filter = wanted.get_untracked();
                        view! { <ContactTable page=page filter=filter may_grant=may_edit contacts=contacts /> }
                            .into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
        </Refreshing>
        </div>
    }
    .into_any()
}

/// Contact managers and administrators; what they send is checked where it arrives.
pub(super) fn may_edit(me: &Me) -> bool {
    matches!(me.side, Side::Staff { role } if role.allows(Right::EditContacts))
}

fn tabs(current: &ContactFilter) -> impl IntoView + use<> {
    let tab = |label: &str, is_current: bool, change: &dyn Fn(&mut ContactFilter)| {
        let mut filter = ContactFilter { page: Default::default(), ..current.clone() };
        change(&mut filter);
        FilterTab::new(label, filter::to_href(&filter), is_current)
    };
    let kinds =
        [(None, "All"), (Some(ContactKind::Company), "Companies"), (Some(ContactKind::Person), "People")]
            .map(|(kind, label)| tab(label, current.kind == kind, &|filter| filter.kind = kind));
    let states = [
        (None, "Any access"),
        (Some(PortalState::Active), PortalState::Active.label()),
        (Some(PortalState::Invited), PortalState::Invited.label()),
        (Some(PortalState::Pending), PortalState::Pending.label()),
        (Some(PortalState::Disabled), PortalState::Disabled.label()),
        (Some(PortalState::None), PortalState::None.label()),
    ]
    .map(|(state, label)| tab(label, current.state == state, &|filter| filter.state = state));
    let archived = [(false, "Current"), (true, "Archived")].map(|(archived, label)| {
        tab(label, current.archived == archived, &|filter| filter.archived = archived)
    });
    view! {
        <FilterTabs label="Company or person" tabs=kinds.into() />
        <FilterTabs label="Portal access" tabs=states.into() />
        <FilterTabs label="Archive" tabs=archived.into() />
    }
}

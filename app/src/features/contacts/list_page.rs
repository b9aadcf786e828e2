use std::time::Duration;

use domain::{
    access::{BulkTargets, PortalState, Right},
    contacts::{ContactFilter, ContactKind},
    users::{Me, Side},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    api::list_contacts,
    filter::{self, LIST},
    list_table::ContactTable,
};
use crate::{
    layout::ErrorPage,
    session::use_session,
    ui::{ButtonKind, ButtonLink, FilterBar, FilterTab, FilterTabs, PageHeader, SearchBox, Skeleton},
};

/// How long after a key the search starts.
const PAUSE: Duration = Duration::from_millis(200);

/// `/staff/contacts`.
#[component]
pub fn ContactListPage() -> impl IntoView {
    let query = use_query_map();
    let wanted = Memo::new(move |_| query.with(filter::from_query));
    let contacts = Resource::new(move || wanted.get(), list_contacts);
    let search = search_as_typed(wanted);
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
        <Transition fallback=|| {
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
        </div>
    }
    .into_any()
}

/// Contact managers and administrators; what they send is checked where it arrives.
pub(super) fn may_edit(me: &Me) -> bool {
    matches!(me.side, Side::Staff { role } if role.allows(Right::EditContacts))
}

/// Puts what is typed into the address after a pause, which shows the result; *back* leads to where one was.
fn search_as_typed(wanted: Memo<ContactFilter>) -> Callback<String> {
    let navigate = use_navigate();
    let pending = StoredValue::new(None::<TimeoutHandle>);
    // Whoever opened a contact meanwhile stays there.
    on_cleanup(move || {
        if let Some(Some(pending)) = pending.try_get_value() {
            pending.clear();
        }
    });
    Callback::new(move |typed: String| {
        if let Some(pending) = pending.get_value() {
            pending.clear();
        }
        let navigate = navigate.clone();
        let go = move || {
            let Some(current) = wanted.try_get_untracked() else { return };
            let filter = ContactFilter { search: typed.clone(), page: Default::default(), ..current };
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&filter::to_href(&filter), options);
        };
        pending.set_value(set_timeout_with_handle(go, PAUSE).ok());
    })
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

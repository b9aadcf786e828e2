use domain::{
    PageRequest,
    users::{QuickFilter, UserFilter},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    LIST, api::list_users, chips::Chips, custom_filter::CustomFilter, list_table::UserTable, may_manage,
    to_href,
};
use crate::{
    PortalError,
    layout::ErrorPage,
    session::use_session,
    ui::{
        ButtonKind, ButtonLink, FilterBar, Glyph, Menu, MenuItem, MenuLink, MenuSeparator, PageHeader,
        Refreshing, SearchBox, Skeleton, busy, live_search,
    },
};

/// The dialog's id.
const CUSTOM: &str = "custom-filter";

/// `/staff/settings/users`.
#[component]
pub fn UserListPage() -> impl IntoView {
    if !use_session().me.as_ref().is_some_and(may_manage) {
        return view! { <ErrorPage error=PortalError::NotFound /> }.into_any();
    }
    let query = use_query_map();
    let parsed = Memo::new(move |_| {
        query.with(|query| {
            let pairs: Vec<_> = query.clone().into_iter().collect();
            UserFilter::parse(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_str())))
        })
    });
    let wanted = Memo::new(move |_| parsed.with(|parsed| parsed.filter.clone()));
    // The search box is drawn anew when other filters change, or the search by something else than its own
    // typing, and never while somebody types.
    let typed = StoredValue::new(wanted.get_untracked().search);
    let drawn = Memo::new(move |before: Option<&(UserFilter, u32)>| {
        let UserFilter { search, .. } = wanted.get();
        let kept =
            UserFilter { search: String::new(), page: PageRequest::default(), ..wanted.get_untracked() };
        let times = before.map_or(0, |(_, times)| *times);
        if typed.get_value() == search {
            return (kept, times);
        }
        typed.set_value(search);
        (kept, times + 1)
    });
    let users = Resource::new(move || wanted.get(), list_users);
    let search = live_search(move |search| {
        let current = wanted.try_get_untracked()?;
        typed.set_value(search.clone());
        Some(to_href(&UserFilter { search, page: PageRequest::default(), ..current }))
    });
    let search_box = move || {
        let (kept, _) = drawn.get();
        view! {
            <SearchBox
                label="Search users"
                action=LIST
                value=wanted.get_untracked().search
                on_input=search
                keep=pairs(&kept)
            />
        }
    };
    let (busy, told) = busy();
    let draft = parsed.get_untracked().draft;
    let adding = RwSignal::new(draft.is_some());
    let dialog = move || {
        view! { <CustomFilter id=CUSTOM filter=wanted.get() draft=draft.clone() open=adding /> }
    };
    view! {
        <Title text="Users" />
        <div class="page">
            <PageHeader title="Users" subtitle="Everybody who can log in: customers and staff.">
                <ButtonLink href=format!("{LIST}/new") kind=ButtonKind::Primary>
                    "New staff user"
                </ButtonLink>
            </PageHeader>
            <FilterBar>
                {search_box}
                {move || filters(&wanted.get(), adding)}
            </FilterBar>
            {move || view! { <Chips filter=wanted.get() /> }}
            <Refreshing busy=busy>
            <Transition set_pending=told fallback=|| view! { <Skeleton rows=true lines=8 /> }>
                {move || Suspend::new(async move {
                    match users.await {
                        Ok(page) => view! { <UserTable page=page filter=wanted.get_untracked() /> }.into_any(),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
            </Refreshing>
            {dialog}
        </div>
    }
    .into_any()
}

/// A filter's fields as a form sends them.
pub(super) fn pairs(filter: &UserFilter) -> Vec<(String, String)> {
    filter.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn filters(filter: &UserFilter, adding: RwSignal<bool>) -> impl IntoView + use<> {
    let quick = QuickFilter::ALL
        .map(|quick| {
            let href = to_href(&filter.toggled(quick));
            view! { <MenuLink label=quick.label() href=href current=filter.quick.contains(&quick) /> }
        })
        .collect_view();
    view! {
        <Menu id="filters" label="Filters" glyph=Glyph::Filter>
            {quick}
            <MenuSeparator />
            <MenuItem label="Add Custom Filter" opens=CUSTOM on_click=move |_| adding.set(true) />
        </Menu>
    }
}

//! Choosing what a list shows, with links that can be kept and shared.

use leptos::prelude::*;

/// One way to look at a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterTab {
    /// Its text.
    pub label: String,
    /// The address that shows it.
    pub href: String,
    /// Is shown now.
    pub current: bool,
    /// How many it shows, when that is known cheaply.
    pub count: Option<u64>,
}

impl FilterTab {
    /// A way to look at a list.
    #[must_use]
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, count: None }
    }

    /// The same with a number beside the text.
    #[must_use]
    pub fn counting(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// A row of links, one of them current.
#[component]
pub fn FilterTabs(
    /// What the links choose, such as *State*.
    #[prop(into)]
    label: String,
    /// The links.
    tabs: Vec<FilterTab>,
) -> impl IntoView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            let count = tab.count.map(|count| view! { " " <span class="count">{count}</span> });
            view! {
                <li>
                    <a href=tab.href aria-current=tab.current.then_some("true")>
                        {tab.label}
                        {count}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}

/// The row above a list: search box, tabs, menus, selects.
#[component]
pub fn FilterBar(
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! { <div class="filter-bar">{children()}</div> }.into_any()
}

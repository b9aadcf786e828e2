//! The shells' navigation: one element, a row or a column where there is room, a popover where there is not.

use leptos::{ev::MouseEvent, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::NavItem;
use crate::ui::{Glyph, Icon};

/// Closes the popover that a followed link stands in.
pub(super) fn close_popover(event: MouseEvent) {
    let element = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element
        && element.matches(":popover-open").unwrap_or(false)
    {
        element.hide_popover().ok();
    }
}

/// A link that knows whether it is current.
pub(super) fn link(item: NavItem, path: Signal<String>) -> impl IntoView {
    let NavItem { label, href, glyph, external, .. } = item.clone();
    let current = move || path.with(|path| item.is_current(path)).then_some("page");
    view! {
        <a href=href rel=external.then_some("external") aria-current=current>
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span>{label}</span>
        </a>
    }
}

/// The button that unfolds the navigation on narrow screens, and the navigation.
#[component]
pub(super) fn Nav(items: Vec<NavItem>, path: Signal<String>) -> impl IntoView {
    let links = items
        .into_iter()
        .map(|item| {
            let heading = item.heading.map(|heading| view! { <li class="nav-heading">{heading}</li> });
            view! {
                {heading}
                <li>{link(item, path)}</li>
            }
        })
        .collect_view();
    view! {
        <div class="menu nav-menu">
            <button type="button" class="button quiet icon-button nav-toggle" popovertarget="nav" title="Menu">
                <Icon glyph=Glyph::Menu />
                <span class="visually-hidden">"Menu"</span>
            </button>
            <nav class="popover nav" id="nav" popover="auto" aria-label="Main" on:click=close_popover>
                <ul>{links}</ul>
            </nav>
        </div>
    }.into_any()
}

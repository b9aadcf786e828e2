//! Keys and presses in an open menu; all of it only ever runs in the browser.

use leptos::{
    ev::{Event, KeyboardEvent, MouseEvent},
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{self, HtmlElement},
};

const ITEMS: &str = "[role=menuitem]:not([disabled])";

fn menu(event: &Event) -> Option<HtmlElement> {
    event.current_target()?.dyn_into().ok()
}

fn items(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all(ITEMS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

fn focus(item: Option<&HtmlElement>) {
    if let Some(item) = item {
        item.focus().ok();
    }
}

/// A menu that opens takes the focus.
pub(super) fn opened(event: Event) {
    let Some(menu) = menu(&event) else { return };
    if menu.matches(":popover-open").unwrap_or(false) {
        focus(items(&menu).first());
    }
}

/// A press on an item closes the menu.
pub(super) fn chosen(event: MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let hit = target.and_then(|target| target.closest(ITEMS).ok().flatten()).is_some();
    if let (true, Some(menu)) = (hit, menu(&event)) {
        menu.hide_popover().ok();
    }
}

/// Arrows, Home and End walk, Tab leaves.
pub(super) fn pressed(event: KeyboardEvent) {
    let Some(menu) = menu(&event) else { return };
    let items = items(&menu);
    let last = items.len().saturating_sub(1);
    let active = document().active_element();
    let at = items.iter().position(|item| Some(item.as_ref()) == active.as_ref());
    let next = match event.key().as_str() {
        "ArrowDown" => at.map_or(0, |at| if at == last { 0 } else { at + 1 }),
        "ArrowUp" => at.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
        "Home" => 0,
        "End" => last,
        "Tab" => {
            menu.hide_popover().ok();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    focus(items.get(next));
}

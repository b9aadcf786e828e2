//! Who is signed in, what is theirs, and the way out.

use leptos::prelude::*;

use super::{
    NavItem,
    nav::{close_popover, link},
};
use crate::{
    session::use_session,
    ui::{Avatar, Glyph, Icon},
};

/// The button with the person's name, and the popover below it.
#[component]
pub(super) fn UserMenu(
    name: String,
    detail: Option<String>,
    items: Vec<NavItem>,
    path: Signal<String>,
    extra: ViewFnOnce,
) -> impl IntoView {
    let session = use_session();
    let is_viewed = session.is_view_as();
    let before = match (is_viewed, session.is_visitor()) {
        (true, _) => "Viewed as ",
        (false, true) => "Portal of ",
        (false, false) => "Signed in as ",
    };
    let links = items.into_iter().map(|item| view! { <li>{link(item, path)}</li> }).collect_view();
    view! {
        <div class="menu user-menu">
            <button type="button" class="button quiet" id="user-button" popovertarget="user">
                <Avatar name=name.clone() />
                <span class="user-name">
                    <span class="visually-hidden">{before}</span>
                    {name.clone()}
                </span>
                <Icon glyph=Glyph::ChevronDown />
            </button>
            <div
                class="popover"
                id="user"
                popover="auto"
                role="group"
                aria-labelledby="user-button"
                on:click=close_popover
            >
                <p class="user-card">
                    <strong>{name}</strong>
                    {detail.filter(|detail| !detail.is_empty()).map(|detail| view! { <span>{detail}</span> })}
                </p>
                {extra.run()}
                <ul>{links}</ul>
                // Logging out is for one's own session: a look at somebody's portal ends with Leave.
                {(!is_viewed)
                    .then(|| {
                        view! {
                            <form method="post" action="/logout">
                                <button type="submit">
                                    <Icon glyph=Glyph::LogOut />
                                    "Log out"
                                </button>
                            </form>
                        }
                    })}
            </div>
        </div>
    }
    .into_any()
}

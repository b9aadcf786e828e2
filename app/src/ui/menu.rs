//! Menus of things to do.

use leptos::prelude::*;

use super::{ButtonKind, Glyph, Icon, menu_keys};

/// A button that opens a menu of [`MenuItem`](super::MenuItem)s and [`MenuLink`](super::MenuLink)s.
///
/// The platform opens it and closes it with Escape or a press elsewhere; once the page is interactive the arrow
/// keys work and choosing closes it.
#[component]
pub fn Menu(
    /// The menu's id, unique on the page.
    #[prop(into)]
    id: String,
    /// The button's text.
    #[prop(into)]
    label: String,
    /// How much the button asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the text.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Shows only the icon, with the text as its name.
    #[prop(optional)]
    icon_only: bool,
    /// The items.
    children: Children,
) -> impl IntoView {
    let button = format!("{id}-button");
    let class = if icon_only { format!("{} icon-button", kind.class()) } else { kind.class().to_owned() };
    let text = if icon_only { "visually-hidden" } else { "" };
    view! {
        <div class="menu">
            <button type="button" class=class id=button.clone() popovertarget=id.clone() aria-haspopup="menu">
                {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
                <span class=text>{label}</span>
                {(!icon_only).then(|| view! { <Icon glyph=Glyph::ChevronDown /> })}
            </button>
            <div
                class="popover"
                id=id
                popover="auto"
                role="menu"
                aria-labelledby=button
                on:toggle=menu_keys::opened
                on:keydown=menu_keys::pressed
                on:click=menu_keys::chosen
            >
                {children()}
            </div>
        </div>
    }
    .into_any()
}

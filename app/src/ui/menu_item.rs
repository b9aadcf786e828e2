//! What stands in a menu.

use leptos::{ev::MouseEvent, prelude::*};

use super::{Glyph, Icon};

/// Something to do. Without WebAssembly it needs `submit=true` and a form around the menu, or `form`.
#[component]
pub fn MenuItem(
    /// The text.
    #[prop(into)]
    label: String,
    /// An icon before it.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Posts its form.
    #[prop(optional)]
    submit: bool,
    /// The id of the form that it belongs to.
    #[prop(into, optional)]
    form: Option<String>,
    /// The form field's name that choosing it sends.
    #[prop(into, optional)]
    name: Option<String>,
    /// The form field's value that choosing it sends.
    #[prop(into, optional)]
    value: Option<String>,
    /// The id of the dialog that it opens before the page is interactive; afterwards `on_click` opens it.
    #[prop(into, optional)]
    opens: Option<String>,
    /// Destroys something.
    #[prop(optional)]
    danger: bool,
    /// Cannot be chosen now.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// What choosing it does in the browser.
    #[prop(into, optional)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    let opens_dialog = opens.is_some();
    let choose = move |event: MouseEvent| {
        if let Some(on_click) = on_click {
            if opens_dialog {
                event.prevent_default();
            }
            on_click.run(event);
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            role="menuitem"
            class=if danger { "danger" } else { "" }
            form=form
            name=name
            value=value
            command=opens.as_ref().map(|_| "show-modal")
            commandfor=opens
            disabled=move || disabled.get()
            on:click=choose
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {label}
        </button>
    }
    .into_any()
}

/// Somewhere to go, or a way to look at a list.
#[component]
pub fn MenuLink(
    /// The text.
    #[prop(into)]
    label: String,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// An icon before it.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Is chosen now, shown with a tick.
    #[prop(optional)]
    current: bool,
    /// Leads to the other root, or to something that is no page.
    #[prop(optional)]
    external: bool,
) -> impl IntoView {
    let glyph = if current { Some(Glyph::Check) } else { glyph };
    view! {
        <a
            role="menuitem"
            href=href
            rel=external.then_some("external")
            aria-current=current.then_some("true")
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {label}
        </a>
    }
    .into_any()
}

/// A line between groups of items.
#[component]
pub fn MenuSeparator() -> impl IntoView {
    view! { <hr role="separator" /> }.into_any()
}

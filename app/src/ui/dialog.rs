//! Questions and small tasks on top of a page.

use leptos::{html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

use super::{Glyph, Icon, Toasts, use_toasts};

/// A modal dialog on the native `<dialog>`: traps and returns the focus, closes with Escape and *Close*.
///
/// It opens with its signal, or before the page is interactive with `<Button opens="its id">`. Rendered with the
/// signal already set it is open without WebAssembly too, so an address can lead to an open dialog. Toasts that
/// are pushed while it is open appear in it, since everything outside of a modal dialog is out of reach.
#[component]
pub fn Dialog(
    /// Its id, unique on the page.
    #[prop(into)]
    id: String,
    /// Its heading and name.
    #[prop(into)]
    title: String,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Holds a table.
    #[prop(optional)]
    wide: bool,
    /// Where *Close* leads without WebAssembly when an address opened the dialog.
    #[prop(into, optional)]
    close_href: Option<String>,
    /// Told in the browser when it has been closed, however that happened.
    #[prop(into, optional)]
    on_close: Option<Callback<()>>,
    /// What stands in it. The focus goes to the first control or to the one with `autofocus`.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let toasts = use_toasts();
    let host = id.clone();
    Effect::new(move |ready: Option<bool>| {
        let Some(dialog) = node.get() else { return false };
        let modal = dialog.matches(":modal").unwrap_or(false);
        if ready != Some(true) && modal {
            open.set(true);
        }
        let wanted = open.get();
        if wanted && !modal {
            leave_menu();
            dialog.close();
            dialog.show_modal().ok();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
        toasts.host(&host, wanted);
        true
    });
    let host = id.clone();
    on_cleanup(move || toasts.host(&host, false));
    let closed = move |_| {
        let shut = node.get_untracked().is_none_or(|dialog| !dialog.open());
        if shut {
            open.set(false);
            if let Some(on_close) = on_close {
                on_close.run(());
            }
        }
    };
    let heading = format!("{id}-title");
    let class = if wide { "dialog wide" } else { "dialog" };
    let close = move || view! { <Icon glyph=Glyph::Close /> };
    view! {
        <dialog
            class=class
            id=id
            aria-labelledby=heading
            open=open.get_untracked()
            node_ref=node
            on:close=closed
        >
            // A table's first control is rarely what one came for: the heading says where one is.
            <h2 id=heading.clone() tabindex=wide.then_some("-1") autofocus=wide>{title}</h2>
            <div class="dialog-body">{children()}</div>
            <Toasts host=id.clone() />
            <form class="dialog-close" method=if close_href.is_some() { "get" } else { "dialog" } action=close_href>
                <button
                    class="button quiet icon-button"
                    aria-label="Close"
                    title="Close"
                    on:click=move |event| {
                        event.prevent_default();
                        open.set(false);
                    }
                >
                    {close()}
                </button>
            </form>
        </dialog>
    }.into_any()
}

/// Closes the menu whose item opened the dialog, and gives the focus to its button: a closed dialog returns the
/// focus to where it was, and the item cannot take it.
fn leave_menu() {
    let within = document().active_element().and_then(|active| active.closest("[popover]").ok().flatten());
    let Some(menu) = within.and_then(|menu| menu.dyn_into::<HtmlElement>().ok()) else { return };
    menu.hide_popover().ok();
    let button = document().query_selector(&format!("[popovertarget='{}']", menu.id())).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.focus().ok();
    }
}

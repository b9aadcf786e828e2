//! Ties controls to signals and keeps what was typed before the page became interactive.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement},
};

/// An element that holds a text that people change.
pub(super) trait TextControl: JsCast + Clone + 'static {
    /// What it holds.
    fn text(&self) -> String;
    /// Changes what it holds.
    fn set_text(&self, text: &str);
}

macro_rules! text_control {
    ($($element:ty),*) => {$(
        impl TextControl for $element {
            fn text(&self) -> String {
                self.value()
            }
            fn set_text(&self, text: &str) {
                self.set_value(text);
            }
        }
    )*};
}
text_control!(HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement);

/// Keeps a control and a signal alike, both ways. At first what differs from `initial` was typed by somebody.
pub(super) fn bind_text<E>(node: NodeRef<E>, signal: Option<RwSignal<String>>, initial: String)
where
    E: leptos::html::ElementType + 'static,
    E::Output: TextControl,
{
    let Some(signal) = signal else { return };
    Effect::new(move |ready: Option<bool>| {
        let Some(control) = node.get() else { return false };
        let wanted = signal.get();
        let held = control.text();
        if wanted != held && (ready == Some(true) || held == initial) {
            control.set_text(&wanted);
        } else if wanted != held {
            signal.set(held);
        }
        true
    });
}

/// The same for tick boxes.
pub(super) fn bind_checked(
    node: NodeRef<leptos::html::Input>,
    signal: Option<RwSignal<bool>>,
    initial: bool,
) {
    let Some(signal) = signal else { return };
    Effect::new(move |ready: Option<bool>| {
        let Some(control) = node.get() else { return false };
        let (wanted, held) = (signal.get(), control.checked());
        if wanted != held && (ready == Some(true) || held == initial) {
            control.set_checked(wanted);
        } else if wanted != held {
            signal.set(held);
        }
        true
    });
}

//! Buttons do something, links go somewhere; both may look like a button.

use leptos::{ev::MouseEvent, prelude::*};

use super::{Glyph, Icon, Spinner};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here; at most one a view.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Destroys something.
    Danger,
    /// Hardly visible until needed, as in a table's row.
    Quiet,
}

impl ButtonKind {
    /// The class names that make an element look so.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Secondary => "button",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

fn icon(glyph: Option<Glyph>) -> impl IntoView {
    glyph.map(|glyph| view! { <Icon glyph=glyph /> })
}

/// A button. Inside a form give `submit=true`; while `busy` it keeps its focus and ignores presses.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Posts the form that it is in.
    #[prop(optional)]
    submit: bool,
    /// The form field's name that a press sends.
    #[prop(into, optional)]
    name: Option<String>,
    /// The form field's value that a press sends.
    #[prop(into, optional)]
    value: Option<String>,
    /// The id of the dialog that a press opens before the page is interactive; afterwards `on_click` opens it.
    #[prop(into, optional)]
    opens: Option<String>,
    /// Cannot be pressed.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Its work is under way.
    #[prop(into, optional)]
    busy: Signal<bool>,
    /// An icon before the text.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// What a press does in the browser.
    #[prop(into, optional)]
    on_click: Option<Callback<MouseEvent>>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let opens_dialog = opens.is_some();
    let press = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            if opens_dialog {
                event.prevent_default();
            }
            on_click.run(event);
        }
    };
    view! {
        <button
            class=kind.class()
            type=if submit { "submit" } else { "button" }
            name=name
            value=value
            command=opens.as_ref().map(|_| "show-modal")
            commandfor=opens
            disabled=move || disabled.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=press
        >
            {move || busy.get().then(|| view! { <Spinner /> })}
            {icon(glyph)}
            {children()}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it goes.
    #[prop(into)]
    href: String,
    /// How much it asks for attention.
    #[prop(optional)]
    kind: ButtonKind,
    /// Leads to the other root, or to something that is no page, such as a PDF.
    #[prop(optional)]
    external: bool,
    /// An icon before the text.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// The text.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=href rel=external.then_some("external")>
            {icon(glyph)}
            {children()}
        </a>
    }
    .into_any()
}

/// A button that shows only an icon; its name is read out and shown on hovering.
#[component]
pub fn IconButton(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What it shows.
    glyph: Glyph,
    /// Posts the form that it is in.
    #[prop(optional)]
    submit: bool,
    /// What a press does in the browser.
    #[prop(into, optional)]
    on_click: Option<Callback<MouseEvent>>,
) -> impl IntoView {
    view! {
        <button
            class="button quiet icon-button"
            type=if submit { "submit" } else { "button" }
            aria-label=label.clone()
            title=label
            on:click=move |event| {
                if let Some(on_click) = on_click {
                    on_click.run(event);
                }
            }
        >
            <Icon glyph=glyph />
        </button>
    }
    .into_any()
}

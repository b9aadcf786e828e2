//! One of several to choose.

use leptos::{ev::Event, html, prelude::*};

use super::{
    bind::bind_text,
    frame::{Frame, described_by},
};

/// A labelled native select.
#[component]
pub fn SelectField(
    /// The label.
    #[prop(into)]
    label: String,
    /// The form field's name.
    #[prop(into)]
    name: String,
    /// Its id, when the name is not unique on the page.
    #[prop(into, optional)]
    id: Option<String>,
    /// What there is to choose from: value and text.
    options: Vec<(String, String)>,
    /// The value chosen at first; ignored when bound.
    #[prop(into, optional)]
    value: String,
    /// A signal that follows the choice, and the choice it.
    #[prop(into, optional)]
    bind: Option<RwSignal<String>>,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// Cannot be changed now, and is not sent.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// The label is only read out.
    #[prop(optional)]
    label_hidden: bool,
    /// What to know before choosing.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: MaybeProp<String>,
    /// Told of each choice in the browser.
    #[prop(into, optional)]
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), error);
    let value = bind.map_or(value, |bind| bind.get_untracked());
    let node = NodeRef::<html::Select>::new();
    bind_text(node, bind, value.clone());
    let change = move |event: Event| {
        let chosen = event_target_value(&event);
        if let Some(bind) = bind {
            bind.set(chosen.clone());
        }
        if let Some(on_change) = on_change {
            on_change.run(chosen);
        }
    };
    let options = options
        .into_iter()
        .map(|(key, text)| {
            let selected = key == value;
            view! { <option value=key selected=selected>{text}</option> }
        })
        .collect_view();
    let control = view! {
        <select
            class="input"
            id=id.clone()
            name=name
            required=required
            disabled=move || disabled.get()
            aria-describedby=described
            aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
            node_ref=node
            on:change=change
        >
            {options}
        </select>
    };
    view! { <Frame id label label_hidden hint error control=control.into_any() /> }.into_any()
}

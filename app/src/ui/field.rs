//! A line of text to fill in.

use leptos::{ev::Event, html, prelude::*};

use super::{
    bind::bind_text,
    frame::{Frame, described_by},
};

/// A labelled input. It is a plain form field; `bind` ties it to a signal as well, and what somebody typed before
/// the page became interactive wins over the signal.
#[component]
pub fn Field(
    /// The label.
    #[prop(into)]
    label: String,
    /// The form field's name.
    #[prop(into)]
    name: String,
    /// Its id, when the name is not unique on the page.
    #[prop(into, optional)]
    id: Option<String>,
    /// The text at first; ignored when bound.
    #[prop(into, optional)]
    value: String,
    /// A signal that follows the text, and the text it.
    #[prop(into, optional)]
    bind: Option<RwSignal<String>>,
    /// The input's type: `text`, `email`, `password`, `date`, `number`, `tel`, `url` …
    #[prop(default = "text")]
    kind: &'static str,
    /// What browsers may fill in, such as `current-password`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard on phones, such as `numeric`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// Can be read and copied only.
    #[prop(optional)]
    readonly: bool,
    /// Cannot be changed now, and is not sent.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// Has the focus when the page loads.
    #[prop(optional)]
    autofocus: bool,
    /// The label is only read out, as in a table's cell.
    #[prop(optional)]
    label_hidden: bool,
    /// An example of what to fill in.
    #[prop(into, optional)]
    placeholder: Option<String>,
    /// The longest text.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// The least number or date.
    #[prop(into, optional)]
    min: Option<String>,
    /// The greatest number or date.
    #[prop(into, optional)]
    max: Option<String>,
    /// The step between numbers.
    #[prop(into, optional)]
    step: Option<String>,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: MaybeProp<String>,
    /// Told of each change in the browser.
    #[prop(into, optional)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), error);
    let value = bind.map_or(value, |bind| bind.get_untracked());
    let node = NodeRef::<html::Input>::new();
    bind_text(node, bind, value.clone());
    let input = move |event: Event| {
        let text = event_target_value(&event);
        if let Some(bind) = bind {
            bind.set(text.clone());
        }
        if let Some(on_input) = on_input {
            on_input.run(text);
        }
    };
    let control = view! {
        <input
            class="input"
            type=kind
            id=id.clone()
            name=name
            value=value
            autocomplete=autocomplete
            inputmode=inputmode
            required=required
            readonly=readonly
            disabled=move || disabled.get()
            autofocus=autofocus
            placeholder=placeholder
            maxlength=maxlength
            min=min
            max=max
            step=step
            aria-describedby=described
            aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
            node_ref=node
            on:input=input
        />
    };
    view! { <Frame id label label_hidden hint error control=control.into_any() /> }.into_any()
}

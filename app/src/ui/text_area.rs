//! Several lines of text to fill in.

use leptos::{ev::Event, html, prelude::*};

use super::{
    bind::bind_text,
    frame::{Frame, described_by},
    raw_text::raw_text,
};

/// A labelled text area; it grows with its text where the browser can.
#[component]
pub fn TextArea(
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
    /// How many lines it shows at least.
    #[prop(default = 3)]
    rows: u32,
    /// Must be given.
    #[prop(optional)]
    required: bool,
    /// The longest text.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// The label is only read out.
    #[prop(optional)]
    label_hidden: bool,
    /// An example of what to fill in.
    #[prop(into, optional)]
    placeholder: Option<String>,
    /// What to know before filling it in.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), error);
    let value = bind.map_or(value, |bind| bind.get_untracked());
    let node = NodeRef::<html::Textarea>::new();
    bind_text(node, bind, value.clone());
    let value = if cfg!(feature = "ssr") { raw_text(&value) } else { value };
    let input = move |event: Event| {
        if let Some(bind) = bind {
            bind.set(event_target_value(&event));
        }
    };
    let control = view! {
        <textarea
            class="input"
            id=id.clone()
            name=name
            rows=rows
            required=required
            maxlength=maxlength
            placeholder=placeholder
            aria-describedby=described
            aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
            node_ref=node
            on:input=input
        >
            {value}
        </textarea>
    };
    view! { <Frame id label label_hidden hint error control=control.into_any() /> }.into_any()
}

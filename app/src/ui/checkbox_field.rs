//! Yes or no.

use leptos::{ev::Event, html, prelude::*};

use super::{
    bind::bind_checked,
    frame::{FieldError, described_by},
};

/// A tick box with its label at the side.
#[component]
pub fn CheckboxField(
    /// The label.
    #[prop(into)]
    label: String,
    /// The form field's name.
    #[prop(into)]
    name: String,
    /// Its id, when the name is not unique on the page.
    #[prop(into, optional)]
    id: Option<String>,
    /// What a ticked box sends; an unticked one sends nothing.
    #[prop(into, default = "true".to_owned())]
    value: String,
    /// Ticked at first; ignored when bound.
    #[prop(optional)]
    checked: bool,
    /// A signal that follows the tick, and the tick it.
    #[prop(into, optional)]
    bind: Option<RwSignal<bool>>,
    /// Must be ticked.
    #[prop(optional)]
    required: bool,
    /// Cannot be changed now, and is not sent.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// The label is only read out, as in a table's cell.
    #[prop(optional)]
    label_hidden: bool,
    /// What to know before ticking it.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into, optional)]
    error: MaybeProp<String>,
    /// Told of each change in the browser.
    #[prop(into, optional)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.clone());
    let described = described_by(&id, hint.is_some(), error);
    let checked = bind.map_or(checked, |bind| bind.get_untracked());
    let node = NodeRef::<html::Input>::new();
    bind_checked(node, bind, checked);
    let change = move |event: Event| {
        let ticked = event_target_checked(&event);
        if let Some(bind) = bind {
            bind.set(ticked);
        }
        if let Some(on_change) = on_change {
            on_change.run(ticked);
        }
    };
    let label_class = if label_hidden { "visually-hidden" } else { "check-label" };
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field check">
            <input
                type="checkbox"
                id=id.clone()
                name=name
                value=value
                checked=checked
                required=required
                disabled=move || disabled.get()
                aria-describedby=described
                aria-invalid=move || error.with(|error| error.is_some().then_some("true"))
                node_ref=node
                on:change=change
            />
            <label class=label_class for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <FieldError id=id error=error />
        </div>
    }
    .into_any()
}

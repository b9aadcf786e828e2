//! One of several, each with its own line.

use leptos::prelude::*;

/// A choice with its label at the side. Those of one name exclude each other; put them into a `fieldset` with a legend.
#[component]
pub fn RadioField(
    /// The label.
    #[prop(into)]
    label: String,
    /// The form field's name, the same for all choices.
    #[prop(into)]
    name: String,
    /// Its id, unique on the page.
    #[prop(into)]
    id: String,
    /// What it sends.
    #[prop(into)]
    value: String,
    /// Chosen at first.
    #[prop(optional)]
    checked: bool,
    /// What to know before choosing it.
    #[prop(into, optional)]
    hint: Option<String>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    view! {
        <div class="field check">
            <input
                type="radio"
                id=id.clone()
                name=name
                value=value
                checked=checked
                aria-describedby=described
            />
            <label class="check-label" for=id>
                {label}
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}

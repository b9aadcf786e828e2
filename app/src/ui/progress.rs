//! How far something is that takes over a second.

use leptos::prelude::*;

/// A bar with its label and the same in words.
#[component]
pub fn Progress(
    /// What is under way.
    #[prop(into)]
    label: String,
    /// The bar's id, unique on the page.
    #[prop(into)]
    id: String,
    /// How many are done.
    #[prop(into)]
    value: Signal<u64>,
    /// How many there are; nought while that is unknown.
    #[prop(into)]
    max: Signal<u64>,
) -> impl IntoView {
    let text = move || match max.get() {
        0 => String::new(),
        max => format!("{} of {max}", value.get()),
    };
    view! {
        <div class="progress">
            <label for=id.clone()>{label}</label>
            <span class="progress-text">{text}</span>
            <progress
                id=id
                value=move || (max.get() > 0).then(|| value.get().to_string())
                max=move || (max.get() > 0).then(|| max.get().to_string())
            ></progress>
        </div>
    }
    .into_any()
}

//! Names and values below each other.

use leptos::prelude::*;

/// Names with their values, in two columns where there is room. Holds [`Definition`]s.
#[component]
pub fn DefinitionList(
    /// The definitions.
    children: Children,
) -> impl IntoView {
    view! { <dl class="definitions">{children()}</dl> }.into_any()
}

/// A name and its value.
#[component]
pub fn Definition(
    /// The name.
    #[prop(into)]
    term: String,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{term}</dt>
            <dd>{children()}</dd>
        </div>
    }
    .into_any()
}

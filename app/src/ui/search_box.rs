//! Searching with a plain GET form, live once the page is interactive.

use leptos::{ev::Event, prelude::*};

use super::{Glyph, Icon};

/// A search field in a form of its own: Enter loads `action?name=value`.
#[component]
pub fn SearchBox(
    /// Its name; shown as the placeholder too.
    #[prop(into)]
    label: String,
    /// Where the form leads.
    #[prop(into)]
    action: String,
    /// The query parameter.
    #[prop(into, default = "q".to_owned())]
    name: String,
    /// What was searched for.
    #[prop(into, optional)]
    value: String,
    /// Told of each change in the browser.
    #[prop(into, optional)]
    on_input: Option<Callback<String>>,
    /// Other query parameters to keep, as hidden fields.
    #[prop(optional)]
    keep: Vec<(String, String)>,
) -> impl IntoView {
    let input = move |event: Event| {
        if let Some(on_input) = on_input {
            on_input.run(event_target_value(&event));
        }
    };
    let hidden = keep
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <form class="search" role="search" method="get" action=action>
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                name=name
                value=value
                aria-label=label.clone()
                placeholder=label
                autocomplete="off"
                on:input=input
            />
            {hidden}
        </form>
    }
    .into_any()
}

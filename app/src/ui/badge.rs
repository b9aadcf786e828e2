//! A state in a word.

use leptos::prelude::*;

use super::Tone;

/// A state in a word, such as *Paid*.
#[component]
pub fn Badge(
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class=format!("badge {}", tone.class())>{text}</span> }.into_any()
}

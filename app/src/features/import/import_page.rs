use leptos::prelude::*;
use leptos_meta::Title;

/// Import.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <Title text="Import" /> }
}

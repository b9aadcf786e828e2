use leptos::prelude::*;
use leptos_meta::Title;

/// Documents.
#[component]
pub fn DocumentListPage() -> impl IntoView {
    view! { <Title text="Documents" /> }
}

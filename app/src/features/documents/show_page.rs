use leptos::prelude::*;
use leptos_meta::Title;

/// Document.
#[component]
pub fn DocumentShowPage() -> impl IntoView {
    view! { <Title text="Document" /> }
}

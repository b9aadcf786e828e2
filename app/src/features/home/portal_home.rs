use leptos::prelude::*;
use leptos_meta::Title;

/// Home.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <Title text="Home" /> }
}

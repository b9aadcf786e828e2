use leptos::prelude::*;
use leptos_meta::Title;

/// Home.
#[component]
pub fn StaffHomePage() -> impl IntoView {
    view! { <Title text="Home" /> }
}

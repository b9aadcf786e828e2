use leptos::prelude::*;
use leptos_meta::Title;

/// Contact.
#[component]
pub fn ContactShowPage() -> impl IntoView {
    view! { <Title text="Contact" /> }
}

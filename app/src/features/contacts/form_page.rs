use leptos::prelude::*;
use leptos_meta::Title;

/// Contact.
#[component]
pub fn ContactFormPage() -> impl IntoView {
    view! { <Title text="Contact" /> }
}

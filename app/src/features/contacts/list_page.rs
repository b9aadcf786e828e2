use leptos::prelude::*;
use leptos_meta::Title;

/// Contacts.
#[component]
pub fn ContactListPage() -> impl IntoView {
    view! { <Title text="Contacts" /> }
}

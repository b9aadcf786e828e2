use leptos::prelude::*;
use leptos_meta::Title;

/// Mail.
#[component]
pub fn MailPage() -> impl IntoView {
    view! { <Title text="Mail" /> }
}

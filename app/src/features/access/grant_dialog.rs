use leptos::prelude::*;
/// x
#[component]
pub fn GrantDialog() -> impl IntoView {}

//! Around the pages of people who are not signed in.

use leptos::prelude::*;

use super::brand::BrandMark;

/// A card in the middle of the page below the business's name.
#[component]
pub fn SignInShell(
    /// The business's name.
    #[prop(into)]
    business: String,
    /// The page's title.
    #[prop(into)]
    title: String,
    /// A line below the title.
    #[prop(into, optional)]
    lead: Option<String>,
    /// What stands in the card.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="sign-in">
            <header class="brand">
                <BrandMark />
                {business}
            </header>
            <main class="card" id="main" tabindex="-1">
                <h1>{title}</h1>
                {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
                {children()}
            </main>
        </div>
    }
    .into_any()
}

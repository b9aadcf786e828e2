//! Around the customers' pages.

use leptos::prelude::*;

use super::{NavItem, brand::BrandMark, nav::Nav, user_menu::UserMenu};

/// A header with the business, the navigation and who is signed in, the page, and a small footer.
#[component]
pub fn PortalShell(
    /// The business's name.
    #[prop(into)]
    business: String,
    /// The person's name.
    #[prop(into)]
    name: String,
    /// The company for which they are here.
    #[prop(into, optional)]
    company: Option<String>,
    /// The current path.
    #[prop(into)]
    path: Signal<String>,
    /// The navigation.
    nav: Vec<NavItem>,
    /// The user menu's links, such as *My account*.
    #[prop(optional)]
    user_links: Vec<NavItem>,
    /// What else stands in the user menu, such as the choice of a membership.
    #[prop(into, optional)]
    user_extra: ViewFnOnce,
    /// Above everything, such as *You are viewing as …*.
    #[prop(into, optional)]
    banner: ViewFnOnce,
    /// In the header beside the user menu, such as a search box.
    #[prop(into, optional)]
    tools: ViewFnOnce,
    /// The footer's text, such as how to reach the business.
    #[prop(into, optional)]
    footer: Option<String>,
    /// The page.
    children: Children,
) -> impl IntoView {
    let footer = footer.unwrap_or_else(|| business.clone());
    view! {
        <div class="shell portal">
            <a class="skip" href="#main" rel="external">"Skip to content"</a>
            {banner.run()}
            <header class="shell-head">
                <a class="brand" href="/my">
                    <BrandMark />
                    <span class="brand-name">{business}</span>
                </a>
                <Nav items=nav path=path />
                <div class="shell-tools">
                    {tools.run()}
                    <UserMenu name=name detail=company items=user_links path=path extra=user_extra />
                </div>
            </header>
            <main id="main" tabindex="-1">{children()}</main>
            <footer class="shell-foot">{footer}</footer>
        </div>
    }
    .into_any()
}

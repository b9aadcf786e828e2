//! Around the staff's pages.

use leptos::prelude::*;

use super::{NavItem, brand::BrandMark, nav::Nav, user_menu::UserMenu};

/// A slim sidebar where there is room, a bar at the top where there is not, and the page.
#[component]
pub fn StaffShell(
    /// The business's name.
    #[prop(into)]
    business: String,
    /// The person's name.
    #[prop(into)]
    name: String,
    /// Their login or role, below the name.
    #[prop(into, optional)]
    detail: Option<String>,
    /// The current path.
    #[prop(into)]
    path: Signal<String>,
    /// The navigation.
    nav: Vec<NavItem>,
    /// The user menu's links.
    #[prop(optional)]
    user_links: Vec<NavItem>,
    /// Above everything, such as *Demo data*.
    #[prop(into, optional)]
    banner: ViewFnOnce,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="shell staff">
            <a class="skip" href="#main" rel="external">"Skip to content"</a>
            {banner.run()}
            <header class="shell-head">
                <a class="brand" href="/staff">
                    <BrandMark />
                    <span class="brand-name">{business}</span>
                </a>
                <Nav items=nav path=path />
                <div class="shell-tools">
                    <UserMenu name=name detail=detail items=user_links path=path extra=ViewFnOnce::default() />
                </div>
            </header>
            <main id="main" tabindex="-1">{children()}</main>
        </div>
    }.into_any()
}

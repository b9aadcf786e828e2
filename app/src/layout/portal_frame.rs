use domain::{
    access::Permission,
    documents::DocumentKind,
    users::{Side, Via},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use super::{NavItem, PortalShell, view_banner::ViewBanner};
use crate::{
    session::use_session,
    ui::{ButtonLink, Glyph, Icon, Menu, MenuLink, Toasts},
};

/// The frame of `/my`: who is signed in, and the kinds of documents that they may see.
#[component]
pub fn PortalFrame() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let (is_visitor, is_viewed) = (session.is_visitor(), session.is_view_as());
    let (name, company, permissions, has_choice) = match session.me {
        Some(me) => match me.side {
            Side::Portal { company, permissions, via } => {
                let has_choice = matches!(via, Via::SignIn { memberships } if memberships > 1);
                (me.name, company, permissions, has_choice)
            }
            Side::Staff { .. } => (me.name, String::new(), Default::default(), false),
        },
        None => Default::default(),
    };
    let mut user_links = Vec::new();
    if !is_visitor && !is_viewed {
        user_links.push(NavItem::new("Security", "/my/security").with(Glyph::Lock));
        user_links.push(NavItem::new("Notifications and privacy", "/my/privacy").with(Glyph::Mail));
    }
    if permissions.scope_of(Permission::DocumentationViewPublic).is_some() {
        user_links.push(NavItem::new("Documentation", "/my/documentation").with(Glyph::Book));
    }
    if permissions.scope_of(Permission::AddressesView).is_some() {
        user_links.push(NavItem::new("Addresses", "/my/addresses").with(Glyph::Building));
    }
    let may = |permission| permissions.scope_of(permission).is_some();
    if may(Permission::StatementView) && may(Permission::InvoicesView) {
        user_links.push(NavItem::new("Statement of account", "/my/statement").with(Glyph::List));
    }
    if may(Permission::InvoicesView) || may(Permission::WalletView) {
        user_links.push(NavItem::new("Payments", "/my/payments").with(Glyph::Card));
    }
    if may(Permission::WalletView) && !is_visitor {
        user_links.push(NavItem::new("Wallet", "/my/wallet").with(Glyph::Wallet));
    }
    if permissions.scope_of(Permission::MembersView).is_some() {
        user_links.push(NavItem::new("Members", "/my/members").with(Glyph::Users));
    }
    if permissions.scope_of(Permission::AccessLogView).is_some() {
        user_links.push(NavItem::new("Access log", "/my/access-log").with(Glyph::List));
    }
    let switch = has_choice.then(|| company.clone());
    let kinds: Vec<DocumentKind> =
        DocumentKind::ALL.into_iter().filter(|kind| permissions.scope_of(kind.view()).is_some()).collect();
    let has_documents = !kinds.is_empty();
    let nav = vec![NavItem::new("Home", "/my")];
    let footer = if session.support_email.is_empty() {
        session.business.clone()
    } else {
        format!("{} · {}", session.business, session.support_email)
    };
    view! {
        <PortalShell
            business=session.business
            name=name
            company=company
            path=path
            banner=|| view! { <ViewBanner /> }
            nav=nav
            footer=footer
            user_links=user_links
            tools=move || {
                view! {
                    {has_documents.then(search_all)}
                    {switch.map(switch_company)}
                    {kinds_menu(kinds)}
                    {is_visitor.then(sign_in_link)}
                }
            }
        >
            <Outlet />
        </PortalShell>
        <Toasts />
    }
}

/// The search over everything. What was looked for stands in it on its own page, which is plain.
fn search_all() -> impl IntoView {
    #[cfg(feature = "ssr")]
    let text = leptos_router::hooks::use_query_map().with_untracked(|query| {
        let is_searched = use_location().pathname.with_untracked(|path| path == "/my/search");
        query.get("q").filter(|_| is_searched)
    });
    #[cfg(not(feature = "ssr"))]
    let text = None::<String>;
    view! {
        <form class="search search-all" role="search" method="get" action="/my/search">
            <Icon glyph=Glyph::Search />
            <input
                class="input"
                type="search"
                name="q"
                value=text
                aria-label="Search everything"
                aria-keyshortcuts="Control+K"
                placeholder="Search everything"
                autocomplete="off"
            />
        </form>
    }
}

/// For which company somebody with several is here, and the way to another.
fn switch_company(company: String) -> impl IntoView {
    let label = format!("Switch company, now {company}");
    view! {
        <a
            class="button quiet company-switch"
            href="/my/companies"
            aria-label=label
        >
            <Icon glyph=Glyph::Building />
            <span>{company}</span>
        </a>
    }
}

/// The way from any page to any kind; closed, it adds no second link of a name to the home.
fn kinds_menu(kinds: Vec<DocumentKind>) -> impl IntoView {
    view! {
        <Menu id="kinds" label="Documents">
            {kinds
                .into_iter()
                .map(|kind| view! { <MenuLink label=kind.label() href=format!("/my/{}", kind.plural()) /> })
                .collect_view()}
        </Menu>
    }
}

/// For whoever came by a secure link and has an account after all.
fn sign_in_link() -> impl IntoView {
    view! {
        <ButtonLink href="/login" external=true>
            "Sign in"
        </ButtonLink>
    }
}

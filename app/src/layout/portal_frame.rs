use domain::{documents::DocumentKind, users::Side};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use super::{NavItem, PortalShell};
use crate::{
    session::use_session,
    ui::{Menu, MenuLink, Toasts},
};

/// The frame of `/my`: who is signed in, and the kinds of documents that they may see.
#[component]
pub fn PortalFrame() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let (name, company, permissions) = match session.me {
        Some(me) => match me.side {
            Side::Portal { company, permissions, .. } => (me.name, company, permissions),
            Side::Staff { .. } => (me.name, String::new(), Default::default()),
        },
        None => Default::default(),
    };
    let kinds: Vec<DocumentKind> =
        DocumentKind::ALL.into_iter().filter(|kind| permissions.scope_of(kind.view()).is_some()).collect();
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
            nav=nav
            footer=footer
            tools=move || kinds_menu(kinds)
        >
            <Outlet />
        </PortalShell>
        <Toasts />
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

use domain::{access::Right, users::Side};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_location};

use super::{NavItem, StaffShell};
use crate::{
    session::use_session,
    ui::{Glyph, Toasts},
};

/// The frame of `/staff`: who is signed in, and the pages that their role opens.
#[component]
pub fn StaffFrame() -> impl IntoView {
    let session = use_session();
    let path = use_location().pathname;
    let (name, role) = match session.me {
        Some(me) => match me.side {
            Side::Staff { role } => (me.name, Some(role)),
            Side::Portal { .. } => (me.name, None),
        },
        None => (String::new(), None),
    };
    let may = |right| role.is_some_and(|role| role.allows(right));
    let mut nav = vec![NavItem::new("Home", "/staff").with(Glyph::Home)];
    if may(Right::ReadContacts) {
        nav.push(NavItem::new("Contacts", "/staff/contacts").with(Glyph::Users));
    }
    if may(Right::WorkOnDocuments) {
        nav.push(NavItem::new("Documents", "/staff/documents").with(Glyph::File));
        nav.push(NavItem::new("Payments", "/staff/payments").with(Glyph::Card));
        nav.push(NavItem::new("Documentation", "/staff/documentation").with(Glyph::Book));
    }
    if may(Right::Import) {
        nav.push(NavItem::new("Import", "/staff/import").with(Glyph::Upload));
    }
    if may(Right::ManageMail) {
        nav.push(NavItem::new("Mail", "/staff/mail").with(Glyph::Mail));
    }
    if may(Right::ReadContactAudit) {
        nav.push(NavItem::new("Audit", "/staff/audit").with(Glyph::List));
    }
    if may(Right::ManageSettings) {
        let general = NavItem::new("General", "/staff/settings/general").with(Glyph::Sliders);
        nav.push(general.under("Settings"));
        nav.push(NavItem::new("API keys", "/staff/settings/api-keys").with(Glyph::Key));
        nav.push(NavItem::new("Webhooks", "/staff/settings/webhooks").with(Glyph::Send));
    }
    if may(Right::ManageUsers) {
        nav.push(NavItem::new("Users", "/staff/settings/users").with(Glyph::User));
    }
    if may(Right::ManageGroups) {
        nav.push(NavItem::new("Permission groups", "/staff/settings/groups").with(Glyph::Shield));
    }
    let detail = role.map(|role| role.label().to_owned()).unwrap_or_default();
    view! {
        <StaffShell
            business=session.business
            name=name
            detail=detail
            path=path
            nav=nav
            user_links=vec![NavItem::new("Security", "/staff/security").with(Glyph::Lock)]
        >
            <Outlet />
        </StaffShell>
        <Toasts />
    }
}

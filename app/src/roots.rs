//! The two roots and their routes.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode, StaticSegment,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

#[cfg(feature = "ssr")]
use crate::features::{
    auth::{
        AcceptPage, EnrolPage, LoginPage, LogoutPage, RecoveryStepPage, ResetPage, SetUpPage,
        TwoFactorStepPage,
    },
    links::LinkPage,
};
use crate::{
    features::{
        access::{BulkAccessPage, CompaniesPage, MembersPage, NewPortalUserPage, PortalUserPage},
        account::{CloseAccountPage, NotificationsAndPrivacyPage, SecurityPage, TwoFactorPage},
        audit::{AccessLogPage, AuditPage},
        contacts::{ContactFormPage, ContactListPage, ContactShowPage},
        documents::{DocumentListPage, DocumentShowPage},
        explain::{ContactAccessPage, MemberAccessPage},
        groups::{GroupDeletePage, GroupFormPage, GroupListPage},
        home::{HomePage, StaffHomePage},
        import::ImportPage,
        mail::MailPage,
        settings::{GeneralSettingsPage, MailTemplatePage},
        users::{ContactPasswordPage, StaffUserNewPage, UserEditPage, UserListPage, UserShowPage},
        view_as::ViewAsPage,
    },
    layout::{NotFoundPage, PortalFrame, StaffFrame},
    session::provide_session,
    ui::{provide_toasts, raw_text},
};

/// Everything that customers see.
#[component]
pub fn PortalApp() -> impl IntoView {
    provide_meta_context();
    provide_toasts();
    let business = provide_session().business;
    // Pages that are plain forms never become interactive: the browser's bundle does without them.
    #[cfg(feature = "ssr")]
    return view! {
        <Title formatter=move |title| in_title(&format!("{title} · {business}")) />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async />
                <Route path=path!("/login/two-factor") view=TwoFactorStepPage ssr=SsrMode::Async />
                <Route path=path!("/login/recovery") view=RecoveryStepPage ssr=SsrMode::Async />
                <Route path=path!("/login/enrol") view=EnrolPage ssr=SsrMode::Async />
                <Route path=path!("/logout") view=LogoutPage ssr=SsrMode::Async />
                <Route path=path!("/accept/:token") view=AcceptPage ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async />
                <Route path=path!("/link/:token") view=LinkPage ssr=SsrMode::Async />
                <PortalRoutes />
            </Routes>
        </Router>
    };
    #[cfg(not(feature = "ssr"))]
    return view! {
        <Title formatter=move |title| in_title(&format!("{title} · {business}")) />
        <Router>
            <Routes fallback=NotFoundPage>
                <PortalRoutes />
            </Routes>
        </Router>
    };
}

/// The customers' pages below `/my`.
#[component(transparent)]
fn PortalRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=StaticSegment("my") view=PortalFrame ssr=SsrMode::Async>
            <Route path=StaticSegment("") view=HomePage ssr=SsrMode::Async />
            <Route path=StaticSegment("members") view=MembersPage ssr=SsrMode::Async />
            <Route path=path!("members/access") view=MemberAccessPage ssr=SsrMode::Async />
            <Route path=StaticSegment("companies") view=CompaniesPage ssr=SsrMode::Async />
            <Route path=StaticSegment("access-log") view=AccessLogPage ssr=SsrMode::Async />
            <Route path=StaticSegment("security") view=SecurityPage ssr=SsrMode::Async />
            <Route path=path!("security/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
            <Route path=StaticSegment("privacy") view=NotificationsAndPrivacyPage ssr=SsrMode::Async />
            <Route path=path!("privacy/close") view=CloseAccountPage ssr=SsrMode::Async />
            <Route path=path!(":kind") view=DocumentListPage ssr=SsrMode::Async />
            <Route path=path!(":kind/:id") view=DocumentShowPage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}

/// Everything that staff see, and the first start.
#[component]
pub fn StaffApp() -> impl IntoView {
    provide_meta_context();
    provide_toasts();
    let business = provide_session().business;
    #[cfg(feature = "ssr")]
    return view! {
        <Title formatter=move |title| in_title(&format!("{title} · {business}")) />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/setup/:token") view=SetUpPage ssr=SsrMode::Async />
                <StaffRoutes />
            </Routes>
        </Router>
    };
    #[cfg(not(feature = "ssr"))]
    return view! {
        <Title formatter=move |title| in_title(&format!("{title} · {business}")) />
        <Router>
            <Routes fallback=NotFoundPage>
                <StaffRoutes />
            </Routes>
        </Router>
    };
}

/// The staff's pages below `/staff`.
#[component(transparent)]
fn StaffRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=StaticSegment("staff") view=StaffFrame ssr=SsrMode::Async>
            <Route path=StaticSegment("") view=StaffHomePage ssr=SsrMode::Async />
            <Route path=StaticSegment("contacts") view=ContactListPage ssr=SsrMode::Async />
            <Route path=path!("contacts/new") view=ContactFormPage ssr=SsrMode::Async />
            <Route path=path!("contacts/bulk") view=BulkAccessPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/portal-users/new") view=NewPortalUserPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/portal-user") view=PortalUserPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id") view=ContactShowPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/edit") view=ContactFormPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/password") view=ContactPasswordPage ssr=SsrMode::Async />
            <Route path=path!("settings/users") view=UserListPage ssr=SsrMode::Async />
            <Route path=path!("settings/users/new") view=StaffUserNewPage ssr=SsrMode::Async />
            <Route path=path!("settings/users/:id") view=UserShowPage ssr=SsrMode::Async />
            <Route path=path!("settings/users/:id/edit") view=UserEditPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/access") view=ContactAccessPage ssr=SsrMode::Async />
            <Route path=path!("contacts/:id/view-as") view=ViewAsPage ssr=SsrMode::Async />
            <Route path=StaticSegment("security") view=SecurityPage ssr=SsrMode::Async />
            <Route path=path!("security/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
            <Route path=StaticSegment("import") view=ImportPage ssr=SsrMode::Async />
            <Route path=StaticSegment("mail") view=MailPage ssr=SsrMode::Async />
            <Route path=path!("settings/groups") view=GroupListPage ssr=SsrMode::Async />
            <Route path=path!("settings/groups/new") view=GroupFormPage ssr=SsrMode::Async />
            <Route path=path!("settings/groups/:id") view=GroupFormPage ssr=SsrMode::Async />
            <Route path=path!("settings/groups/:id/delete") view=GroupDeletePage ssr=SsrMode::Async />
            <Route path=StaticSegment("audit") view=AuditPage ssr=SsrMode::Async />
            <Route path=path!("settings/general") view=GeneralSettingsPage ssr=SsrMode::Async />
            <Route path=path!("settings/mail-templates") view=MailTemplatePage ssr=SsrMode::Async />
            <Route path=path!("settings/mail-templates/:kind") view=MailTemplatePage ssr=SsrMode::Async />
        </ParentRoute>
    }
    .into_inner()
}

/// A title as it goes into the document: the server writes it as it is, so that it has to be escaped there.
fn in_title(title: &str) -> String {
    if cfg!(feature = "ssr") { raw_text(title) } else { title.to_owned() }
}

/// Makes the portal's page reactive.
#[cfg(feature = "hydrate")]
pub fn hydrate_portal() {
    leptos::mount::hydrate_body(PortalApp);
    announce_ready();
}

/// Makes the staff side's page reactive.
#[cfg(feature = "hydrate")]
pub fn hydrate_staff() {
    leptos::mount::hydrate_body(StaffApp);
    announce_ready();
}

/// Tells tests and style sheets that the page is interactive.
#[cfg(feature = "hydrate")]
fn announce_ready() {
    request_animation_frame(|| {
        if let Some(root) = document().document_element() {
            root.set_attribute("data-ready", "").ok();
        }
    });
}

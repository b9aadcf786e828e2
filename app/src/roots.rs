//! The two roots and their routes. Pages that never become interactive are in [`plain`](crate::plain).

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    MatchNestedRoutes, NestedRoute, SsrMode, StaticSegment,
    components::{Route, Router, Routes},
    path,
};

#[cfg(feature = "ssr")]
use crate::features::{
    account::ConfirmEmailPage,
    auth::{
        AcceptPage, AskForResetPage, EnrolPage, LoginPage, LogoutPage, RecoveryStepPage, ResetPage,
        SetUpPage, TwoFactorStepPage,
    },
    documents::{
        DeadSharePage, SharedDeclinePage, SharedDocumentPage, SharedPayPage, SharedPaymentPage,
        SharedSignPage,
    },
    links::LinkPage,
};
use crate::{
    features::{
        access::{BulkAccessPage, NewPortalUserPage},
        account::{DetailsPage, SecurityPage, TwoFactorPage},
        addresses::{AddressFormPage, AddressListPage},
        contacts::{ContactFormPage, ContactListPage, ContactShowPage},
        home::{HomePage, StaffHomePage},
        users::UserListPage,
    },
    layout::{NotFoundPage, PortalFrame, StaffFrame},
    plain,
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
                <Route path=path!("/reset") view=AskForResetPage ssr=SsrMode::Async />
                <Route path=path!("/reset/:token") view=ResetPage ssr=SsrMode::Async />
                <Route path=path!("/confirm/:token") view=ConfirmEmailPage ssr=SsrMode::Async />
                <Route path=path!("/link/:token") view=LinkPage ssr=SsrMode::Async />
                <Route path=path!("/share/:token") view=DeadSharePage ssr=SsrMode::Async />
                <Route path=path!("/shared/:id") view=SharedDocumentPage ssr=SsrMode::Async />
                <Route path=path!("/shared/:id/sign") view=SharedSignPage ssr=SsrMode::Async />
                <Route path=path!("/shared/:id/decline") view=SharedDeclinePage ssr=SsrMode::Async />
                <Route path=path!("/shared/:id/pay") view=SharedPayPage ssr=SsrMode::Async />
                <Route path=path!("/shared/:id/payments/:payment") view=SharedPaymentPage ssr=SsrMode::Async />
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

/// The customers' pages below `/my`. The documents' come last, or `/my/members` would be a kind of them.
#[component(transparent)]
fn PortalRoutes() -> impl MatchNestedRoutes + Clone {
    #[cfg(feature = "ssr")]
    let pages = (plain::portal_routes(), portal_pages(), plain::document_routes());
    #[cfg(not(feature = "ssr"))]
    let pages = portal_pages();
    NestedRoute::new(StaticSegment("my"), PortalFrame)
        .ssr_mode(SsrMode::Async)
        .child(pages)
        .into_maybe_erased()
}

/// Those of them that become interactive.
pub(crate) fn portal_pages() -> impl MatchNestedRoutes + Clone + Send + 'static {
    view! {
        <Route path=StaticSegment("") view=HomePage ssr=SsrMode::Async />
        <Route path=StaticSegment("security") view=SecurityPage ssr=SsrMode::Async />
        <Route path=path!("security/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
        <Route path=path!("security/password") view=SecurityPage ssr=SsrMode::Async />
        <Route path=StaticSegment("account") view=DetailsPage ssr=SsrMode::Async />
        <Route path=StaticSegment("addresses") view=AddressListPage ssr=SsrMode::Async />
        <Route path=path!("addresses/new") view=AddressFormPage ssr=SsrMode::Async />
        <Route path=path!("addresses/:id") view=AddressFormPage ssr=SsrMode::Async />
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
fn StaffRoutes() -> impl MatchNestedRoutes + Clone {
    #[cfg(feature = "ssr")]
    let pages = (plain::staff_routes(), staff_pages());
    #[cfg(not(feature = "ssr"))]
    let pages = staff_pages();
    NestedRoute::new(StaticSegment("staff"), StaffFrame)
        .ssr_mode(SsrMode::Async)
        .child(pages)
        .into_maybe_erased()
}

/// Those of them that become interactive.
pub(crate) fn staff_pages() -> impl MatchNestedRoutes + Clone + Send + 'static {
    view! {
        <Route path=StaticSegment("") view=StaffHomePage ssr=SsrMode::Async />
        <Route path=StaticSegment("contacts") view=ContactListPage ssr=SsrMode::Async />
        <Route path=path!("contacts/new") view=ContactFormPage ssr=SsrMode::Async />
        <Route path=path!("contacts/bulk") view=BulkAccessPage ssr=SsrMode::Async />
        <Route path=path!("contacts/:id/portal-users/new") view=NewPortalUserPage ssr=SsrMode::Async />
        <Route path=path!("contacts/:id") view=ContactShowPage ssr=SsrMode::Async />
        <Route path=path!("contacts/:id/edit") view=ContactFormPage ssr=SsrMode::Async />
        <Route path=path!("settings/users") view=UserListPage ssr=SsrMode::Async />
        <Route path=StaticSegment("security") view=SecurityPage ssr=SsrMode::Async />
        <Route path=path!("security/two-factor") view=TwoFactorPage ssr=SsrMode::Async />
        <Route path=path!("security/password") view=SecurityPage ssr=SsrMode::Async />
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
    plain::leave_to_the_browser(&[plain::PORTAL, plain::DOCUMENTS]);
    leptos::mount::hydrate_body(PortalApp);
    announce_ready();
}

/// Makes the staff side's page reactive.
#[cfg(feature = "hydrate")]
pub fn hydrate_staff() {
    plain::leave_to_the_browser(&[plain::STAFF]);
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

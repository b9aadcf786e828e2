//! The pages below `/my` and `/staff` that are plain: complete without WebAssembly, and gaining nothing from it.
//!
//! They are compiled for the server only, so that the browsers' bundles do without them, and load no WebAssembly. A page
//! becomes plain by **one line** in a list here instead of one in `roots`, and by `#[cfg(feature = "ssr")]` before its
//! module. From the line come its route, what `shell` sends with it, and that a router in the browser leaves links
//! to it to the browser. On a plain page nothing may rely on a handler, an effect or a signal.

#[cfg(feature = "ssr")]
use std::sync::LazyLock;

use domain::documents::DocumentKind;
#[cfg(feature = "ssr")]
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_router::{MatchNestedRoutes, PathSegment, SsrMode, components::Route, path};

#[cfg(feature = "ssr")]
use crate::features::{
    access::{CompaniesPage, MembersPage, PortalUserPage},
    account::{CloseAccountPage, NotificationsAndPrivacyPage, PasskeyNewPage, PasskeyPage},
    api_keys::ApiKeysPage,
    articles::{ArticleFormPage, ArticleListPage, ArticlePage, DocumentationPage},
    audit::{AccessLogPage, AuditPage},
    documents::{
        DeclinePage, DocumentFormPage, DocumentListPage, DocumentShowPage, OriginalPage, SearchPage,
        ShareLinksPage, SignPage, StaffDocumentListPage, StaffDocumentPage, StatementPage, TicketNewPage,
    },
    explain::{ContactAccessPage, MemberAccessPage},
    groups::{GroupDeletePage, GroupFormPage, GroupListPage},
    import::{ImportPage, SheetNewPage, SheetPage},
    mail::MailPage,
    payments::{
        AutomaticPage, BankStatementPage, MethodsPage, PayPage, PaymentListPage, PaymentShowPage,
        StaffPaymentListPage, StaffPaymentPage,
    },
    settings::{GeneralSettingsPage, MailTemplatePage},
    subscriptions::SubscriptionManagePage,
    users::{ContactPasswordPage, StaffUserNewPage, UserEditPage, UserShowPage},
    view_as::ViewAsPage,
    wallet::WalletPage,
    webhooks::WebhooksPage,
};

/// Makes the patterns of the pages' addresses, for server and browser, and the server's routes.
macro_rules! plain_pages {
    ($patterns:ident, $routes:ident, $root:literal: $($path:tt => $page:ident,)+) => {
        /// The addresses of the plain pages of a root.
        #[cfg(any(feature = "hydrate", test))]
        pub(crate) const $patterns: &[&str] = &[$(concat!($root, $path)),+];

        /// The routes of the plain pages of a root, below its frame.
        #[cfg(feature = "ssr")]
        pub(crate) fn $routes() -> impl MatchNestedRoutes + Clone + Send + 'static {
            view! { $(<Route path=path!($path) view=$page ssr=SsrMode::Async />)+ }.into_inner()
        }
    };
}

plain_pages! {
    PORTAL, portal_routes, "/my/":
    "members" => MembersPage,
    "members/access" => MemberAccessPage,
    "companies" => CompaniesPage,
    "access-log" => AccessLogPage,
    "search" => SearchPage,
    "statement" => StatementPage,
    "documentation" => DocumentationPage,
    "documentation/:id" => ArticlePage,
    "pay" => PayPage,
    "payments" => PaymentListPage,
    "payments/:id" => PaymentShowPage,
    "payment-methods" => MethodsPage,
    "wallet" => WalletPage,
    "privacy" => NotificationsAndPrivacyPage,
    "privacy/close" => CloseAccountPage,
    "subscriptions/:id/manage" => SubscriptionManagePage,
    ":kind/:id/automatic" => AutomaticPage,
    ":kind/:id/sign" => SignPage,
    "tickets/new" => TicketNewPage,
    ":kind/:id/share" => ShareLinksPage,
    ":kind/:id/decline" => DeclinePage,
    "security/passkeys/new" => PasskeyNewPage,
    "security/passkeys/:id" => PasskeyPage,
}

// The documents' pages come after all others of the portal, or `/my/account` would be looked up as a kind.
plain_pages! {
    DOCUMENTS, document_routes, "/my/":
    ":kind" => DocumentListPage,
    ":kind/:id" => DocumentShowPage,
}

plain_pages! {
    STAFF, staff_routes, "/staff/":
    "import" => ImportPage,
    "import/spreadsheet" => SheetNewPage,
    "import/spreadsheet/:id" => SheetPage,
    "contacts/:id/access" => ContactAccessPage,
    "contacts/:id/password" => ContactPasswordPage,
    "contacts/:id/portal-user" => PortalUserPage,
    "contacts/:id/view-as" => ViewAsPage,
    "documentation" => ArticleListPage,
    "documentation/new" => ArticleFormPage,
    "documentation/:id" => ArticleFormPage,
    "documents" => StaffDocumentListPage,
    "documents/new" => DocumentFormPage,
    "documents/:id" => StaffDocumentPage,
    "documents/:id/edit" => DocumentFormPage,
    "documents/:id/original" => OriginalPage,
    "documents/:id/share" => ShareLinksPage,
    "mail" => MailPage,
    "payments" => StaffPaymentListPage,
    "payments/statement" => BankStatementPage,
    "payments/:id" => StaffPaymentPage,
    "security/passkeys/new" => PasskeyNewPage,
    "security/passkeys/:id" => PasskeyPage,
    "audit" => AuditPage,
    "settings/api-keys" => ApiKeysPage,
    "settings/webhooks" => WebhooksPage,
    "settings/general" => GeneralSettingsPage,
    "settings/mail-templates" => MailTemplatePage,
    "settings/mail-templates/:kind" => MailTemplatePage,
    "settings/users/new" => StaffUserNewPage,
    "settings/users/:id" => UserShowPage,
    "settings/users/:id/edit" => UserEditPage,
    "settings/groups" => GroupListPage,
    "settings/groups/new" => GroupFormPage,
    "settings/groups/:id" => GroupFormPage,
    "settings/groups/:id/delete" => GroupDeletePage,
}

/// Whether a path is that of one of the pages.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn contains(patterns: &[&str], path: &str) -> bool {
    patterns.iter().any(|pattern| fits(pattern, path.trim_end_matches('/')))
}

/// Whether a path is a pattern's. In the documents' addresses only their kinds fit `:kind`.
fn fits(pattern: &str, path: &str) -> bool {
    let is_of_documents = pattern.starts_with("/my/:kind");
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(":kind"), Some(word)) if is_of_documents && DocumentKind::from_plural(word).is_none() => {
                return false;
            }
            (Some(wanted), Some(part)) if wanted == part || wanted.starts_with(':') => {}
            _ => return false,
        }
    }
}

/// Whether the browser's router has a page at an address. Where it has none, the server's page must not become
/// interactive: it shows what the browser does not know of.
#[cfg(feature = "ssr")]
pub(crate) fn is_interactive(path: &str) -> bool {
    static PATTERNS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut all = patterns("/my/", &crate::roots::portal_pages());
        all.extend(patterns("/staff/", &crate::roots::staff_pages()));
        all
    });
    PATTERNS.iter().any(|pattern| fits(pattern.trim_end_matches('/'), path.trim_end_matches('/')))
}

/// The patterns of routes as they are written in the lists.
#[cfg(feature = "ssr")]
fn patterns(root: &str, routes: &impl MatchNestedRoutes) -> Vec<String> {
    let written = |segment: PathSegment| match segment {
        PathSegment::Unit => String::new(),
        PathSegment::Static(text) => text.into_owned(),
        PathSegment::Param(name) => format!(":{name}"),
        other => unreachable!("{other:?}: teach `fits` what it fits first"),
    };
    let pattern = |segments: Vec<PathSegment>| {
        let parts: Vec<_> = segments.into_iter().map(written).filter(|part| !part.is_empty()).collect();
        format!("{root}{}", parts.join("/"))
    };
    routes.generate_routes().into_iter().map(|route| pattern(route.segments)).collect()
}

/// Leaves links to plain pages to the browser: the router would look for them in vain. To be called before the router
/// listens for clicks.
#[cfg(feature = "hydrate")]
pub(crate) fn leave_to_the_browser(lists: &'static [&'static [&'static str]]) {
    use leptos::{ev, prelude::window_event_listener, wasm_bindgen::JsCast, web_sys};

    window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else {
            return;
        };
        if lists.iter().any(|patterns| contains(patterns, &link.pathname())) {
            link.set_attribute("rel", "external").ok();
        }
    });
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::roots;

    #[test]
    fn plain_pages_are_those_that_the_server_alone_has_routes_of() {
        assert_eq!(patterns("/my/", &portal_routes()), PORTAL);
        assert_eq!(patterns("/my/", &document_routes()), DOCUMENTS);
        assert_eq!(patterns("/staff/", &staff_routes()), STAFF);
    }

    /// A page that becomes interactive must not be sent as a plain one: its handlers would never run.
    #[test]
    fn no_interactive_page_is_taken_for_a_plain_one() {
        let interactive = [
            (PORTAL, patterns("/my/", &roots::portal_pages())),
            (DOCUMENTS, patterns("/my/", &roots::portal_pages())),
            (STAFF, patterns("/staff/", &roots::staff_pages())),
        ];
        for (plain, interactive) in interactive {
            assert!(!interactive.is_empty());
            for pattern in interactive {
                assert!(!contains(plain, &pattern), "{pattern} is both plain and interactive");
            }
        }
    }

    #[test]
    fn what_the_browser_has_no_page_for_stays_as_it_was_sent() {
        for path in ["/my", "/my/", "/my/security", "/my/addresses/7", "/staff", "/staff/contacts/7/edit"] {
            assert!(is_interactive(path), "{path}");
        }
        for path in
            ["/my/nothing-here", "/my/security/nothing", "/my/invoices", "/my/members", "/staff/x", "/login"]
        {
            assert!(!is_interactive(path), "{path}");
        }
    }

    #[test]
    fn a_path_fits_its_pattern_alone() {
        assert!(contains(STAFF, "/staff/mail") && contains(STAFF, "/staff/mail/"));
        assert!(contains(STAFF, "/staff/contacts/7/access"));
        assert!(contains(DOCUMENTS, "/my/invoices") && contains(DOCUMENTS, "/my/tasks/7"));
        assert!(!contains(DOCUMENTS, "/my/account") && !contains(DOCUMENTS, "/my/addresses/7"));
        assert!(contains(STAFF, "/staff/settings/mail-templates/invitation"));
        for other in
            ["/staff", "/staff/mails", "/staff/contacts/7", "/staff/contacts/7/access/more", "/mail", ""]
        {
            assert!(!contains(STAFF, other), "{other}");
        }
    }
}

use leptos::prelude::*;
use leptos_meta::Title;

use super::SignInShell;
use crate::{
    PortalError,
    session::use_session,
    ui::{ButtonKind, ButtonLink, EmptyState, PageHeader},
};

/// The page of an address that leads nowhere, on its own without a frame.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let session = use_session();
    #[cfg(feature = "ssr")]
    crate::server::set_status(PortalError::NotFound.status());
    view! {
        <Title text="Page not found" />
        <SignInShell
            business=session.business
            title="Page not found"
            lead="This page does not exist, or you may not see it."
        >
            <ButtonLink href="/" kind=ButtonKind::Primary external=true>
                "Go to the start page"
            </ButtonLink>
        </SignInShell>
    }
    .into_any()
}

/// In place of a page that could not be shown; sets the answer's status.
#[component]
pub fn ErrorPage(
    /// Why.
    error: PortalError,
) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::server::set_status(error.status());
    #[cfg(not(feature = "ssr"))]
    if error == PortalError::SignedOut {
        // Whoever was signed in is not any more: the sign-in page is another page load away.
        if let Ok(path) = window().location().pathname() {
            window().location().set_href(&format!("/login?notice=ended&next={path}")).ok();
        }
    }
    let title = match &error {
        PortalError::NotFound => "Page not found",
        PortalError::SignedOut => "You are signed out",
        _ => "This did not work",
    };
    view! {
        <Title text=title />
        <PageHeader title=title />
        <EmptyState title=error.to_string() />
    }
    .into_any()
}

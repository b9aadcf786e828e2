use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    PortalError,
    ui::{EmptyState, PageHeader},
};

/// The page of an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <ErrorPage error=PortalError::NotFound /> }
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

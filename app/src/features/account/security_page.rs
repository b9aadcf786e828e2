use domain::account;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    api::{get_security, list_sessions},
    login_panel::LoginPanel,
    passkeys_panel::PasskeysPanel,
    password_panel::PasswordPanel,
    security_path,
    sessions_panel::{SessionsPanel, TrustedDevicesPanel},
    two_factor::TwoFactorPanel,
};
use crate::{
    layout::ErrorPage,
    session::use_session,
    ui::{PageHeader, Skeleton},
};

/// `/my/security` and `/staff/security`: how one's own account is guarded.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let security = Resource::new(|| (), |()| get_security());
    let page = security_path();
    let sessions = Resource::new(|| (), |()| list_sessions());
    view! {
        <Title text="Security" />
        <div class="page">
            <PageHeader title="Security" />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    match (security.await, sessions.await) {
                        (Ok(security), Ok(sessions)) => show(security, sessions, page),
                        (Err(error), _) | (_, Err(error)) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn show(security: account::SecurityPage, list: account::SessionList, page: &'static str) -> AnyView {
    let is_staff = use_session().is_staff();
    let address = if is_staff { "/staff/security/sessions" } else { "/my/security/sessions" };
    view! {
        <div class="stack">
            <LoginPanel login=security.login.clone() />
            <PasswordPanel login=security.login />
            <TwoFactorPanel two_factor=security.two_factor />
            {security.passkeys.map(|passkeys| view! { <PasskeysPanel passkeys=passkeys page=page /> })}
            <SessionsPanel sessions=list.sessions limits=list.limits address=address />
            <TrustedDevicesPanel devices=list.devices address=address />
            {(!is_staff)
                .then(|| view! { <p><a href="/my/privacy">"Notifications and privacy"</a></p> })}
        </div>
    }
    .into_any()
}

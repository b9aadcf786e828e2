use domain::account;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    api::get_security, login_panel::LoginPanel, passkeys_panel::PasskeysPanel, password_panel::PasswordPanel,
    security_path, two_factor::TwoFactorPanel,
};
use crate::{
    layout::ErrorPage,
    ui::{PageHeader, Skeleton},
};

/// `/my/security` and `/staff/security`: how one's own account is guarded.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let security = Resource::new(|| (), |()| get_security());
    let page = security_path();
    view! {
        <Title text="Security" />
        <div class="page">
            <PageHeader title="Security" />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    match security.await {
                        Ok(security) => show(security, page),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn show(security: account::SecurityPage, page: &'static str) -> AnyView {
    view! {
        <div class="stack">
            <LoginPanel login=security.login.clone() />
            <PasswordPanel login=security.login />
            <TwoFactorPanel two_factor=security.two_factor />
            {security.passkeys.map(|passkeys| view! { <PasskeysPanel passkeys=passkeys page=page /> })}
        </div>
    }
    .into_any()
}

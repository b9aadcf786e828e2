use domain::account;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{
    api::get_security, login_panel::LoginPanel, password_panel::PasswordPanel, two_factor::TwoFactorPanel,
};
use crate::{
    layout::ErrorPage,
    ui::{PageHeader, Skeleton},
};

/// `/my/security` and `/staff/security`: how one's own account is guarded.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let security = Resource::new(|| (), |()| get_security());
    view! {
        <Title text="Security" />
        <div class="page">
            <PageHeader title="Security" />
            <Transition fallback=|| view! { <Skeleton lines=8 /> }>
                {move || Suspend::new(async move {
                    match security.await {
                        Ok(security) => show(security),
                        Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                    }
                })}
            </Transition>
        </div>
    }
    .into_any()
}

fn show(security: account::SecurityPage) -> AnyView {
    view! {
        <div class="stack">
            <LoginPanel login=security.login.clone() />
            <PasswordPanel login=security.login />
            <TwoFactorPanel two_factor=security.two_factor />
        </div>
    }
    .into_any()
}

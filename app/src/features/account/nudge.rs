use leptos::prelude::*;

use super::api::get_security;
use crate::ui::{Alert, Tone};

/// Asks staff without a second factor to set one up: they hold the keys of all customers.
#[component]
pub(crate) fn SecondFactorNudge() -> impl IntoView {
    let security = Resource::new(|| (), |()| get_security());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let is_off = security.await.is_ok_and(|security| security.two_factor.since.is_none());
                is_off
                    .then(|| {
                        view! {
                            <Alert tone=Tone::Warn title="Your account has no second factor.">
                                "You can open every customer's portal: guard your account with more than a password. "
                                <a href="/staff/security/two-factor">"Set it up"</a>
                            </Alert>
                        }
                    })
            })}
        </Transition>
    }
    .into_any()
}

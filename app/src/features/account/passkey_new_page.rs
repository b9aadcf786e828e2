use domain::passkeys::MAX_NAME;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{passkey_form::PasskeyForm, security_path};
use crate::{
    PortalError,
    layout::ErrorPage,
    server::{answer, cx},
    ui::{ButtonKind, Crumb, Field, PageHeader, Panel},
};

/// `/my/security/passkeys/new` and `/staff/security/passkeys/new`: a plain page, whose work is done by the browser.
#[component]
pub fn PasskeyNewPage() -> impl IntoView {
    let home = security_path();
    let offer = Resource::new(|| (), |()| offer());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match offer.await {
                    Ok(needs_password) => show(home, needs_password),
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// Whether the password is asked for.
async fn offer() -> Result<bool, PortalError> {
    let cx = cx()?;
    let listed = answer(&cx, services::auth::passkeys::list_passkeys(&cx).await)?;
    listed.map(|_| services::auth::needs_proof(&cx)).ok_or(PortalError::NotFound)
}

fn show(home: &'static str, needs_password: bool) -> AnyView {
    let length = u32::try_from(MAX_NAME).ok();
    let password = needs_password.then(|| {
        view! {
            <Field
                label="Password"
                name="password"
                kind="password"
                autocomplete="current-password"
                required=true
                hint="To confirm that it is you."
            />
        }
    });
    view! {
        <Title text="Add a passkey" />
        <div class="page narrow">
            <PageHeader title="Add a passkey" crumbs=vec![Crumb::link("Security", home), Crumb::text("Passkeys")] />
            <Panel title="New passkey" id="new-passkey">
                <div class="stack">
                    <p>
                        "A passkey is kept by your device or password manager, and opens with your finger, your face or \
                         a PIN. It logs you in without password and code."
                    </p>
                    <p data-without-passkeys="">
                        "This browser cannot make a passkey here: it is too old, or its scripts are switched off. Open \
                         this page in another one."
                    </p>
                    <PasskeyForm
                        action=format!("{home}/passkeys/begin")
                        finish=format!("{home}/passkeys/finish")
                        button="Create passkey"
                        kind=ButtonKind::Primary
                    >
                        <Field
                            label="Name"
                            name="name"
                            autocomplete="off"
                            required=true
                            maxlength=length.unwrap_or_default()
                            placeholder="Work laptop"
                            hint="So that you can tell it from others: the device that it is on, for example."
                        />
                        {password}
                    </PasskeyForm>
                </div>
            </Panel>
        </div>
    }
    .into_any()
}

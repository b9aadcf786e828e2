use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    encode_path,
    features::account::TwoFactorSetUp,
    form::FormReply,
    layout::SignInShell,
    session::use_session,
    ui::{Alert, Button, ButtonKind, CheckboxField, Field, Tone},
};

/// An address with the page to go to afterwards.
fn with_next(path: &str) -> String {
    let next = use_query_map().get_untracked().get("next").unwrap_or_default();
    if next.is_empty() { path.to_owned() } else { format!("{path}?next={}", encode_path(&next)) }
}

/// `/login/two-factor`: the second step of logging in.
#[component]
pub fn TwoFactorStepPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let problem = reply.problem.clone();
    view! {
        <Title text="Authentication code" />
        <SignInShell
            business=session.business
            title="Authentication code"
            lead="Open your authenticator app and enter the six digits that it shows."
        >
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <form method="post" action=with_next("/login/two-factor") class="form">
                <div class="auth-code">
                    <Field
                        label="Authentication code"
                        name="code"
                        autocomplete="one-time-code"
                        inputmode="numeric"
                        required=true
                        autofocus=true
                        error=reply.error("code")
                    />
                </div>
                <CheckboxField
                    label="Trust this device for 30 days"
                    name="trust"
                    checked=reply.value("trust") == "true"
                    hint="Only your password is asked for on it then. Not on a computer that others use."
                />
                <Button kind=ButtonKind::Primary submit=true>
                    "Verify"
                </Button>
            </form>
            <div class="auth-links">
                <a href=with_next("/login/recovery")>"Use a recovery code"</a>
                <a href=with_next("/login")>"Log in as somebody else"</a>
            </div>
        </SignInShell>
    }
    .into_any()
}

/// `/login/recovery`: the same for whoever has lost the app.
#[component]
pub fn RecoveryStepPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let problem = reply.problem.clone();
    let help = if session.support_email.is_empty() {
        format!("No codes left? Ask {} to reset two-factor authentication for you.", session.business)
    } else {
        format!("No codes left? Write to {}: we can reset it for you.", session.support_email)
    };
    view! {
        <Title text="Recovery code" />
        <SignInShell
            business=session.business
            title="Recovery code"
            lead="Enter one of the codes that you kept when you switched two-factor authentication on. Each works once."
        >
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <form method="post" action=with_next("/login/recovery") class="form">
                <div class="auth-code">
                    <Field
                        label="Recovery code"
                        name="code"
                        autocomplete="off"
                        placeholder="xxxx-xxxx"
                        required=true
                        autofocus=true
                        error=reply.error("code")
                    />
                </div>
                <Button kind=ButtonKind::Primary submit=true>
                    "Verify"
                </Button>
            </form>
            <p class="hint">{help}</p>
            <div class="auth-links">
                <a href=with_next("/login/two-factor")>"Use your app"</a>
            </div>
        </SignInShell>
    }
    .into_any()
}

/// `/login/enrol`: a second factor has to be set up before anything else.
#[component]
pub fn EnrolPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let step = use_context().unwrap_or_default();
    let lead = format!(
        "{} asks for two-factor authentication on your account: from now on logging in takes your password and a code \
         of your telephone. Setting it up takes a minute.",
        session.business
    );
    view! {
        <Title text="Set up two-factor authentication" />
        <SignInShell business=session.business title="Set up two-factor authentication" lead=lead>
            <TwoFactorSetUp step=step reply=reply next=with_next("/login") is_plain=true />
        </SignInShell>
    }
    .into_any()
}

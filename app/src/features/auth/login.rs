use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    encode_path,
    features::account::PasskeyForm,
    form::FormReply,
    layout::SignInShell,
    session::use_session,
    ui::{Alert, Button, ButtonKind, Field, Tone},
};

/// `/login`.
#[component]
pub fn LoginPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let query = use_query_map().get_untracked();
    let next = query.get("next").unwrap_or_default();
    let notice = match query.get("notice").as_deref() {
        Some("signed-out") => Some("You are logged out."),
        Some("password-set") => Some("Your password is set. Log in with it."),
        Some("account-closed") => Some("Your account is closed. A last mail tells what went and what stays."),
        Some("ended") => Some("Your session has ended. Log in to continue."),
        Some("email-confirmed") => Some("Your new email address is confirmed."),
        Some("secure-link") => Some("Your company has its own logins now: log in with yours."),
        _ => None,
    };
    let problem = reply.problem.clone();
    let action =
        if next.is_empty() { "/login".to_owned() } else { format!("/login?next={}", encode_path(&next)) };
    let with_passkey =
        crate::server::cx().is_ok_and(|cx| services::auth::passkeys::are_offered(&cx)).then(|| {
            let finish = action.replacen("/login", "/login/passkey/finish", 1);
            view! { <PasskeyForm action="/login/passkey/begin" finish=finish button="Use a passkey" /> }
        });
    view! {
        <Title text="Log in" />
        <SignInShell business=session.business title="Log in">
            {match (problem, notice) {
                (Some(problem), _) => Some(view! { <Alert tone=Tone::Bad title=problem /> }.into_any()),
                (None, Some(notice)) => Some(view! { <Alert tone=Tone::Info title=notice /> }.into_any()),
                (None, None) => None,
            }}
            <form method="post" action=action class="form">
                <Field
                    label="Email"
                    name="email"
                    value=reply.value("email")
                    autocomplete="username"
                    inputmode="email"
                    required=true
                    autofocus=true
                />
                <Field
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="current-password"
                    required=true
                />
                <Button kind=ButtonKind::Primary submit=true>
                    "Log in"
                </Button>
                <p>
                    <a href="/reset">"Forgot password?"</a>
                </p>
            </form>
            {with_passkey}
        </SignInShell>
    }
    .into_any()
}

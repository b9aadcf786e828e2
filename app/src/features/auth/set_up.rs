use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    form::FormReply,
    layout::SignInShell,
    session::use_session,
    ui::{Alert, Button, ButtonKind, Field, Tone},
};

/// `/setup/{token}`: the first administrator. The server answers 404 where the link does not work.
#[component]
pub fn SetUpPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let problem = reply.problem.clone();
    view! {
        <Title text="Set up Portico" />
        <SignInShell
            business=session.business
            title="Set up Portico"
            lead="Make the first administrator. This page is gone afterwards."
        >
            {problem.map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
            <form method="post" class="form">
                <Field
                    label="Name"
                    name="name"
                    value=reply.value("name")
                    autocomplete="name"
                    required=true
                    autofocus=true
                    error=reply.error("name")
                />
                <Field
                    label="Email"
                    name="email"
                    kind="email"
                    value=reply.value("email")
                    autocomplete="username"
                    required=true
                    hint="You log in with it."
                    error=reply.error("email")
                />
                <super::accept::NewPasswordFields errors=reply.errors.clone() />
                <Button kind=ButtonKind::Primary submit=true>
                    "Create administrator"
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::{
    form::FormReply,
    layout::SignInShell,
    server,
    session::use_session,
    ui::{Alert, Button, ButtonKind, ButtonLink, Field, Tone},
};

/// `/reset`. It reads the same whatever was asked for, and by whom.
#[component]
pub fn AskForResetPage() -> impl IntoView {
    let session = use_session();
    let reply = use_context::<FormReply>().unwrap_or_default();
    let is_asked = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("asked"));
    let (title, lead, content) = if is_asked && reply == FormReply::default() {
        ("Look into your mail", "If there is such a login, a mail is on its way.", asked())
    } else {
        let lead = "Enter what you log in with. We mail you a link by which you choose a new password.";
        ("Forgot your password?", lead, form(&reply))
    };
    view! {
        <Title text=title />
        <SignInShell business=session.business title=title lead=lead>
            {content}
            {whom_to_ask()}
        </SignInShell>
    }
    .into_any()
}

fn form(reply: &FormReply) -> AnyView {
    view! {
        {reply.problem.clone().map(|problem| view! { <Alert tone=Tone::Bad title=problem /> })}
        <form method="post" action="/reset" class="form">
            <Field
                label="Email"
                name="email"
                value=reply.value("email")
                autocomplete="username"
                inputmode="email"
                required=true
                autofocus=true
                error=reply.error("email")
            />
            <Button kind=ButtonKind::Primary submit=true>
                "Send reset link"
            </Button>
            <p>
                <a href="/login">"Back to log in"</a>
            </p>
        </form>
    }
    .into_any()
}

fn asked() -> AnyView {
    view! {
        <p>
            "It arrives within a few minutes. Its link works once, for 30 minutes. Nothing by then? Look into the spam \
             folder, check what you typed, and ask again."
        </p>
        <div class="actions">
            <ButtonLink href="/login" kind=ButtonKind::Primary external=true>
                "Go to log in"
            </ButtonLink>
            <ButtonLink href="/reset" external=true>
                "Ask again"
            </ButtonLink>
        </div>
    }
    .into_any()
}

/// For those whom no mail can help. Always there, so that it tells nothing of any login.
fn whom_to_ask() -> AnyView {
    let general = server::cx().map(|cx| cx.settings().general.clone()).unwrap_or_default();
    let (email, phone) = (general.support_email, general.support_phone);
    let write = (!email.is_empty()).then(|| {
        let href = format!("mailto:{email}");
        view! {
            "write to "
            <a href=href rel="external">
                {email.clone()}
            </a>
        }
    });
    let call = (!phone.is_empty()).then(|| format!("call {phone}"));
    let both = (write.is_some() && call.is_some()).then_some(" or ");
    let nobody =
        (write.is_none() && call.is_none()).then(|| format!("ask whom you know at {}", general.business));
    view! {
        <p class="hint">
            "Is what you log in with a name and no email address? Then no mail can be sent: " {write} {both} {call}
            {nobody} ", who can set a new password for you."
        </p>
    }
    .into_any()
}

use leptos::prelude::*;
use leptos_meta::Title;

use super::accept::NewPasswordFields;
use crate::{
    form::FormReply,
    layout::{DeadLink, SignInShell},
    session::use_session,
    ui::{Button, ButtonKind, Definition, DefinitionList},
};

/// Whom a link to set a password is for, as the server found it; nothing where it does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetContext {
    /// The person.
    pub name: String,
    /// What they log in with.
    pub login: String,
    /// The system group of a staff user who sets their first password.
    pub new_staff: Option<&'static str>,
}

/// `/reset/{token}`.
#[component]
pub fn ResetPage() -> impl IntoView {
    let reply = use_context::<FormReply>().unwrap_or_default();
    match use_context::<ResetContext>() {
        Some(whom) => set_password(whom, &reply),
        None => dead(),
    }
}

fn set_password(whom: ResetContext, reply: &FormReply) -> AnyView {
    let session = use_session();
    let (title, button) = match whom.new_staff {
        Some(_) => ("Activate your account", "Activate account"),
        None => ("Set a new password", "Set password"),
    };
    let (login, errors) = (whom.login.clone(), reply.errors.clone());
    view! {
        <Title text=title />
        <SignInShell
            business=session.business
            title=title
            lead="Choose a password. You log in with it afterwards, and are logged out everywhere else."
        >
            <DefinitionList>
                <Definition term="Name">{whom.name}</Definition>
                <Definition term="You log in with">{whom.login}</Definition>
                {whom.new_staff.map(|group| view! { <Definition term="Group">{group}</Definition> })}
            </DefinitionList>
            <form method="post" class="form">
                // For password managers: they save the password under the login.
                <input type="hidden" name="username" value=login autocomplete="username" />
                <NewPasswordFields errors=errors />
                <Button kind=ButtonKind::Primary submit=true>
                    {button}
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

/// One page for every link that does not work, whatever the reason.
fn dead() -> AnyView {
    let lead = "Links to set a password work once and for a short time. Ask for a new one by Forgot password? on the \
                page to log in.";
    view! { <DeadLink title="This link does not work" lead=lead may_log_in=true /> }.into_any()
}

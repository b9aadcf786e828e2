use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    layout::{DeadLink, SignInShell},
    session::use_session,
    ui::{Button, ButtonKind, Definition, DefinitionList},
};

/// Whose new email a link confirms, as the server found it; nothing where the link does not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmEmailContext {
    /// The email now.
    pub old: String,
    /// The email to be.
    pub new: String,
    /// What the person logs in with.
    pub login: String,
}

/// `/confirm/{token}`.
#[component]
pub fn ConfirmEmailPage() -> impl IntoView {
    let Some(ConfirmEmailContext { old, new, login }) = use_context::<ConfirmEmailContext>() else {
        let lead = "Links to confirm an address work once, for a day, and a newer one replaces the earlier. Log in \
                    and enter the address again to get a new one.";
        return view! { <DeadLink title="This link does not work" lead=lead may_log_in=true /> }.into_any();
    };
    let business = use_session().business;
    let lead = format!("{business} uses it for mail about your account from then on.");
    view! {
        <Title text="Confirm your email address" />
        <SignInShell business=business title="Confirm your email address" lead=lead>
            <DefinitionList>
                <Definition term="New email">{new}</Definition>
                {(!old.is_empty()).then(|| view! { <Definition term="Until now">{old}</Definition> })}
                <Definition term="You still log in with">{login}</Definition>
            </DefinitionList>
            <form method="post" class="form">
                <Button kind=ButtonKind::Primary submit=true>
                    "Confirm the address"
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

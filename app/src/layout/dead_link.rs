use leptos::prelude::*;
use leptos_meta::Title;

use super::SignInShell;
use crate::{
    session::use_session,
    ui::{ButtonKind, ButtonLink},
};

/// The page of a link that leads nowhere any more: why, and what to do about it.
#[component]
pub fn DeadLink(
    /// What is the matter.
    title: &'static str,
    /// Why, and what to do.
    lead: &'static str,
    /// Whether logging in is a way on.
    #[prop(optional)]
    may_log_in: bool,
    /// What the business can be written to for.
    #[prop(default = "Need help? Write to ")]
    ask: &'static str,
) -> impl IntoView {
    let session = use_session();
    let support = session.support_email.clone();
    view! {
        <Title text=title />
        <SignInShell business=session.business title=title lead=lead>
            {may_log_in
                .then(|| {
                    view! {
                        <ButtonLink href="/login" kind=ButtonKind::Primary external=true>
                            "Go to log in"
                        </ButtonLink>
                    }
                })}
            {(!support.is_empty())
                .then(|| {
                    let href = format!("mailto:{support}");
                    view! {
                        <p class="hint">
                            {ask} <a href=href rel="external">{support.clone()}</a> "."
                        </p>
                    }
                })}
        </SignInShell>
    }
    .into_any()
}

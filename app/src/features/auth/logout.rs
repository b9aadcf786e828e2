use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    layout::SignInShell,
    session::use_session,
    ui::{Button, ButtonKind},
};

/// `/logout`: asks, since a link must not sign anybody out.
#[component]
pub fn LogoutPage() -> impl IntoView {
    let session = use_session();
    view! {
        <Title text="Log out" />
        <SignInShell business=session.business title="Log out" lead="You can log in again at any time.">
            <form method="post" action="/logout" class="form">
                <Button kind=ButtonKind::Primary submit=true>
                    "Log out"
                </Button>
            </form>
        </SignInShell>
    }
    .into_any()
}

use leptos::prelude::*;

use crate::{
    session::use_session,
    ui::{Definition, DefinitionList, Panel},
};

/// Section *Login*: what one signs in with, and whom to ask to change it.
#[component]
pub(super) fn LoginPanel(login: String) -> impl IntoView {
    let session = use_session();
    let business = session.business;
    let ask = if session.support_email.is_empty() {
        view! { <p class="aside-text">{format!("Ask {business} if you want to change it.")}</p> }.into_any()
    } else {
        let mail = session.support_email;
        view! {
            <p class="aside-text">
                {format!("Ask {business} if you want to change it: ")}
                <a href=format!("mailto:{mail}") rel="external">
                    {mail.clone()}
                </a>
            </p>
        }
        .into_any()
    };
    view! {
        <Panel title="Login" id="login-panel">
            <div class="stack">
                <DefinitionList>
                    <Definition term="You log in with">
                        <span class="lines">{login}</span>
                    </Definition>
                </DefinitionList>
                {ask}
            </div>
        </Panel>
    }
    .into_any()
}

use leptos::prelude::*;

use crate::{layout::BrandMark, session::use_session};

/// Around a shared document: the business's name, and no way anywhere else.
#[component]
pub(super) fn SharedShell(children: Children) -> impl IntoView {
    let session = use_session();
    let support = session.support_email;
    view! {
        <div class="shared">
            <header class="brand">
                <BrandMark />
                {session.business}
            </header>
            <main class="page" id="main" tabindex="-1">
                {children()}
            </main>
            {(!support.is_empty())
                .then(|| {
                    let href = format!("mailto:{support}");
                    view! {
                        <footer class="hint">
                            "Questions? Write to " <a href=href rel="external">{support}</a>
                            " and name the document."
                        </footer>
                    }
                })}
        </div>
    }
    .into_any()
}

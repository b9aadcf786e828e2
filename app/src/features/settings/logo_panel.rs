//! The logo, in a form of its own: a file that was chosen cannot be shown again after a mistake elsewhere.

use leptos::prelude::*;

use super::general_page::PAGE;
use crate::ui::{Button, FileDrop, Glyph, Panel};

/// Shows the logo, takes another one, and removes it.
#[component]
pub(super) fn LogoPanel(logo: Option<String>, error: Option<String>) -> impl IntoView {
    let has_logo = logo.is_some();
    let shown = match logo {
        Some(logo) => view! { <img class="logo-shown" src=logo alt="The logo in use" /> }.into_any(),
        None => view! { <p class="muted">"No logo yet: pages show Portico’s mark."</p> }.into_any(),
    };
    view! {
        <Panel title="Logo" id="logo-panel">
            <div class="stack">
                {shown}
                <form
                    method="post"
                    action=PAGE
                    enctype="multipart/form-data"
                    class="form"
                >
                    <FileDrop
                        label="New logo"
                        name="logo"
                        accept=".png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp"
                        required=true
                        hint="PNG, JPEG or WebP, at most 512 kB; it travels with every mail, so smaller is better."
                        error=error
                    />
                    <div class="actions">
                        <Button submit=true glyph=Glyph::Upload>
                            "Upload"
                        </Button>
                    </div>
                </form>
                {has_logo
                    .then(|| {
                        view! {
                            <form method="post" action=format!("{PAGE}/logo/remove")>
                                <Button submit=true glyph=Glyph::Trash>
                                    "Remove logo"
                                </Button>
                            </form>
                        }
                    })}
            </div>
        </Panel>
    }
    .into_any()
}

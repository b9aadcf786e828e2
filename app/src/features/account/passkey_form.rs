use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Glyph, Icon, Tone};

/// A form that `public/passkeys.js` sends: it fetches a challenge from `action`, and posts the authenticator's answer
/// to `finish`. Hidden where the browser has no passkeys or no scripts.
#[component]
pub fn PasskeyForm(
    /// Where the challenge comes from.
    #[prop(into)]
    action: String,
    /// Where the answer goes.
    #[prop(into)]
    finish: String,
    /// What the button says.
    button: &'static str,
    /// How it looks.
    #[prop(optional)]
    kind: ButtonKind,
    /// The fields that are sent along with the first step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <form class="form" method="post" action=action data-passkey="" data-finish=finish hidden=true>
            <div class=format!("alert {}", Tone::Bad.class()) role="alert" hidden=true>
                <Icon glyph=Glyph::Alert />
                <div>
                    <strong></strong>
                </div>
            </div>
            {children.map(|children| children())}
            <Button kind=kind submit=true glyph=Glyph::Key>
                {button}
            </Button>
        </form>
    }
    .into_any()
}

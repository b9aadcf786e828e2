//! A message that belongs to the page, not to a field.

use leptos::prelude::*;

use super::{Icon, Tone};

/// A box with a message. One with [`Tone::Bad`] is announced at once, any other one when there is time.
#[component]
pub fn Alert(
    /// Its mood.
    #[prop(optional)]
    tone: Tone,
    /// What it is about, in a few words.
    #[prop(into)]
    title: String,
    /// What more there is to say.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! {
        <div class=format!("alert {}", tone.class()) role=role>
            <Icon glyph=tone.glyph() />
            <div>
                <strong>{title}</strong>
                {children.map(|children| view! { <div class="alert-text">{children()}</div> })}
            </div>
        </div>
    }
    .into_any()
}

/// A line across the page for a shell's `banner`, such as *You are viewing as …*, with a button at its end.
#[component]
pub fn Banner(
    /// Its name, read out.
    #[prop(into)]
    label: String,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <aside class="banner" aria-label=label>
            {children()}
        </aside>
    }
    .into_any()
}

//! There is nothing here, and what to do about it.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// Says that there is nothing, why, and what to do about it.
#[component]
pub fn EmptyState(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// Why, or what would be here.
    #[prop(into, optional)]
    text: Option<String>,
    /// An icon above.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Buttons that change it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            <strong>{title}</strong>
            {text.map(|text| view! { <p>{text}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

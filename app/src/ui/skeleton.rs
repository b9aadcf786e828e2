//! The shape of what is being loaded.

use leptos::prelude::*;

/// Grey lines of the height that the content will have, so that nothing jumps.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// Lines of a table row's height.
    #[prop(optional)]
    rows: bool,
) -> impl IntoView {
    let class = if rows { "skeleton rows" } else { "skeleton" };
    view! {
        <div class=class role="status" aria-busy="true">
            <span class="visually-hidden">"Loading…"</span>
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
    .into_any()
}

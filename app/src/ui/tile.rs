//! Numbers that lead somewhere.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A link with a kind of documents and how many there are.
#[component]
pub fn KindTile(
    /// The kind.
    #[prop(into)]
    label: String,
    /// How many.
    count: u64,
    /// Its list.
    #[prop(into)]
    href: String,
    /// An icon.
    glyph: Glyph,
) -> impl IntoView {
    let class = if count == 0 { "kind-tile none" } else { "kind-tile" };
    view! {
        <a class=class href=href>
            <Icon glyph=glyph />
            <span class="kind-label">{label}</span>
            " "
            <span class="kind-count">{count}</span>
        </a>
    }
    .into_any()
}

/// A figure with what it counts; a link when it leads somewhere.
#[component]
pub fn StatCard(
    /// What it counts.
    #[prop(into)]
    label: String,
    /// The figure.
    #[prop(into)]
    value: String,
    /// A line below.
    #[prop(into, optional)]
    hint: Option<String>,
    /// What is behind the figure.
    #[prop(into, optional)]
    href: Option<String>,
) -> impl IntoView {
    let inner = view! {
        <span class="stat-label">{label}</span>
        " "
        <span class="stat-value">{value}</span>
        {hint.map(|hint| view! { " " <span class="stat-hint">{hint}</span> })}
    };
    match href {
        Some(href) => view! { <a class="stat" href=href>{inner}</a> }.into_any(),
        None => view! { <div class="stat">{inner}</div> }.into_any(),
    }
}

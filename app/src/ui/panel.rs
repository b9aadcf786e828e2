//! A part of a page with a heading of its own.

use leptos::prelude::*;

/// A framed section with a heading.
#[component]
pub fn Panel(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The heading's id, unique on the page; it names the section.
    #[prop(into)]
    id: String,
    /// Holds a table or a list that reaches the frame.
    #[prop(optional)]
    flush: bool,
    /// Links and buttons beside the heading.
    #[prop(into, optional)]
    actions: ViewFnOnce,
    /// The content.
    children: Children,
) -> impl IntoView {
    let class = if flush { "panel flush" } else { "panel" };
    view! {
        <section class=class aria-labelledby=id>
            <header class="panel-head">
                <h2 id=id.clone()>{title}</h2>
                <div class="actions">{actions.run()}</div>
            </header>
            <div class="panel-body">{children()}</div>
        </section>
    }
    .into_any()
}

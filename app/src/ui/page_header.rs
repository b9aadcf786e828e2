//! A page's title and what can be done with all of it.

use leptos::prelude::*;

/// A step on the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its text; choose one that no other control on the page has.
    pub label: String,
    /// Where it leads; none for plain text.
    pub href: Option<String>,
}

impl Crumb {
    /// A step that leads somewhere.
    #[must_use]
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// A step that only says where we are.
    #[must_use]
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The page's one `h1`, with the way to it above, a line of text below and actions at the side.
#[component]
pub fn PageHeader(
    /// The title.
    #[prop(into)]
    title: String,
    /// A line below it.
    #[prop(into, optional)]
    subtitle: Option<String>,
    /// The way to it, without the page itself.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Beside the title, such as a state's badge.
    #[prop(into, optional)]
    badge: ViewFnOnce,
    /// Buttons and menus for the whole page.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let crumbs = (!crumbs.is_empty()).then(|| {
        let steps = crumbs
            .into_iter()
            .map(|Crumb { label, href }| match href {
                Some(href) => view! { <li><a href=href>{label}</a></li> }.into_any(),
                None => view! { <li>{label}</li> }.into_any(),
            })
            .collect_view();
        view! {
            <nav class="crumbs" aria-label="Breadcrumb">
                <ol>{steps}</ol>
            </nav>
        }
    });
    view! {
        <header class="page-header">
            {crumbs}
            <div class="page-title">
                <h1>{title}</h1>
                {badge.run()}
            </div>
            {subtitle.map(|subtitle| view! { <p>{subtitle}</p> })}
            {children.map(|children| view! { <div class="actions">{children()}</div> })}
        </header>
    }
    .into_any()
}

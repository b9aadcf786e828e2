//! The documents that a document is linked with, and how far a project is.

use domain::documents::{Around, DocumentKind, LinkedDocument};
use leptos::prelude::*;

use super::href;
use crate::ui::Panel;

/// A panel for each kind of linked documents; nothing where there are none.
#[component]
pub(super) fn Linked(around: Around) -> impl IntoView {
    let progress = around.progress.map(|(done, all)| view! { <Progress done=done all=all /> });
    let panels = DocumentKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let of_kind: Vec<_> =
                around.linked.iter().filter(|linked| linked.kind == kind).cloned().collect();
            (!of_kind.is_empty()).then(|| panel(kind, of_kind))
        })
        .collect_view();
    view! {
        {progress}
        {panels}
    }
    .into_any()
}

fn panel(kind: DocumentKind, documents: Vec<LinkedDocument>) -> AnyView {
    let documents = documents
        .into_iter()
        .map(|LinkedDocument { id, kind, name, note }| {
            view! {
                <li>
                    <a href=href(kind, id)>{name}</a>
                    <span class="sub">{note}</span>
                </li>
            }
        })
        .collect_view();
    let id = format!("linked-{}", kind.plural());
    view! {
        <Panel title=kind.label() id=id>
            <ul class="linked">{documents}</ul>
        </Panel>
    }
    .into_any()
}

#[component]
fn Progress(done: i64, all: i64) -> impl IntoView {
    let text = format!("{done} of {all} tasks done");
    view! {
        <Panel title="Progress" id="progress">
            <p class="doc-progress">
                <progress max=all.to_string() value=done.to_string() aria-labelledby="progress-text"></progress>
                <span id="progress-text">{text}</span>
            </p>
        </Panel>
    }
    .into_any()
}

//! What happened to a document.

use domain::documents::HistoryEntry;
use leptos::prelude::*;

use crate::ui::Panel;

/// A panel with what happened, oldest first; nothing where nothing is known.
#[component]
pub(super) fn History(entries: Vec<HistoryEntry>) -> impl IntoView {
    let is_known = !entries.is_empty();
    let entries = entries
        .into_iter()
        .map(|HistoryEntry { what, at }| {
            view! {
                <li>
                    {what}
                    <span class="sub">{at}</span>
                </li>
            }
        })
        .collect_view();
    is_known.then(|| {
        view! {
            <Panel title="History" id="history">
                <ol class="linked history">{entries}</ol>
            </Panel>
        }
    })
}

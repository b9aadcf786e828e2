//! What happened to a document, as its customer may know it.

use domain::{
    Instant,
    documents::{Answered, HistoryEntry},
};
use entities::document;

use crate::Cx;

/// When it came to the portal, and each answer to it with its time.
pub(super) fn history(cx: &Cx, document: &document::Model, answers: &[(i64, Answered)]) -> Vec<HistoryEntry> {
    let when = |at: i64| cx.settings().zone.display(Instant::from_millis(at));
    let mut entries = Vec::new();
    if let Some(at) = document.published_at {
        entries.push((at, "Put into the portal".to_owned()));
    }
    for (at, answer) in answers {
        let did = if answer.is_accepted { "Accepted" } else { "Declined" };
        let version = if answer.is_void { ", in an earlier version" } else { "" };
        entries.push((*at, format!("{did} by {}{version}", answer.name)));
    }
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(at, what)| HistoryEntry { what, at: when(at) }).collect()
}

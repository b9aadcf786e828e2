//! What happened to a document, as its customer may know it.

use domain::{
    Instant, Money,
    documents::{Answered, HistoryEntry},
    payments::Means,
};
use entities::document;

use super::{around::Paid, read::currency_of};
use crate::Cx;

/// When it came to the portal, each answer to it, and what was paid on it here, with their times.
pub(super) fn history(
    cx: &Cx,
    document: &document::Model,
    answers: &[(i64, Answered)],
    payments: &[Paid],
) -> Vec<HistoryEntry> {
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
    if let Some(currency) = currency_of(document.currency.as_deref()) {
        for Paid { amount, means, number, at } in payments {
            let by = match means {
                Some(Means::Card) => "by card",
                Some(Means::Wallet) => "from the wallet",
                Some(Means::Transfer) => "by bank transfer",
                None => "here",
            };
            entries.push((*at, format!("{} paid {by}, {number}", Money::new(*amount, currency))));
        }
    }
    entries.sort_by_key(|(at, _)| *at);
    entries.into_iter().map(|(at, what)| HistoryEntry { what, at: when(at) }).collect()
}

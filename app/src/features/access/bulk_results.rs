use domain::access::{BulkResult, BulkRow, RowOutcome};
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// What became of each contact, or would: a count of each result, then the contacts, the refused ones first.
pub(super) fn results(rows: &[BulkRow], is_preview: bool) -> impl IntoView + use<> {
    let count = |result| rows.iter().filter(|row| row.result == result).count();
    let (changed, unchanged, refused) =
        (count(BulkResult::Changed), count(BulkResult::Unchanged), count(BulkResult::Refused));
    let (will, stay) =
        if is_preview { ("will change", "stay as they are") } else { ("changed", "stayed as they were") };
    let cannot = if is_preview { "cannot be changed" } else { "were refused" };
    let counts =
        [(changed, will, Tone::Good), (unchanged, stay, Tone::Neutral), (refused, cannot, Tone::Bad)];
    let counts = counts
        .into_iter()
        .map(|(count, text, tone)| view! { <li><Badge tone=tone text=format!("{count} {text}") /></li> })
        .collect_view();
    let rows = rows.iter().map(row).collect_view();
    view! {
        <div role="status">
            <ul class="bulk-counts">{counts}</ul>
        </div>
        <ul class="bulk-results">{rows}</ul>
    }
}

fn row(row: &BulkRow) -> impl IntoView + use<> {
    let tone = match row.result {
        BulkResult::Changed => Tone::Good,
        BulkResult::Unchanged => Tone::Neutral,
        BulkResult::Refused => Tone::Bad,
    };
    view! {
        <li>
            <strong>{row.name.clone()}</strong>
            <span class=tone.class()>{row.text.clone()}</span>
        </li>
    }
}

/// An outcome as a row, by the name of its contact.
pub(super) fn to_row(outcome: RowOutcome, name: String) -> BulkRow {
    match outcome {
        RowOutcome::Done { row, message, is_changed, .. } => {
            let result = if is_changed { BulkResult::Changed } else { BulkResult::Unchanged };
            BulkRow { contact: row.contact, name, result, text: message }
        }
        RowOutcome::Refused { contact, reason } => {
            BulkRow { contact, name, result: BulkResult::Refused, text: reason }
        }
    }
}

//! Where a document stands, in a word and a colour.

use domain::documents::{DocumentKind, DocumentRow, DocumentState};
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// The badge of a document's state; an invoice's says whether it is paid.
#[component]
pub(super) fn StateBadge(
    row: DocumentRow,
    /// Stands beside what the document is called, and does not repeat it.
    #[prop(optional)]
    beside_noun: bool,
) -> impl IntoView {
    let (tone, text) = payment(&row).unwrap_or_else(|| (tone(&row), row.state.label(row.kind)));
    let text = match row.state {
        DocumentState::Sent if beside_noun && text == row.noun => "Sent",
        DocumentState::Confirmed if beside_noun => "Confirmed",
        _ => text,
    };
    view! { <Badge tone=tone text=text /> }.into_any()
}

/// How far an invoice is paid; nothing for what the customer does not owe.
fn payment(row: &DocumentRow) -> Option<(Tone, &'static str)> {
    if row.kind != DocumentKind::Invoice {
        return None;
    }
    if row.is_credit {
        return Some((Tone::Info, "Credit"));
    }
    let open = row.open?;
    let is_touched = row.total.is_some_and(|total| open.minor < total.minor);
    Some(match (open.minor > 0, row.is_overdue, is_touched) {
        (false, _, _) => (Tone::Good, "Paid"),
        (true, true, _) => (Tone::Bad, "Overdue"),
        (true, false, true) => (Tone::Info, "Partly paid"),
        (true, false, false) => (Tone::Info, "To pay"),
    })
}

fn tone(row: &DocumentRow) -> Tone {
    match row.state {
        DocumentState::Sent if row.kind == DocumentKind::Signature => Tone::Warn,
        DocumentState::Confirmed
        | DocumentState::Won
        | DocumentState::Approved
        | DocumentState::Done
        | DocumentState::Signed
        | DocumentState::Active => Tone::Good,
        DocumentState::Sent | DocumentState::Open | DocumentState::InProgress => Tone::Info,
        DocumentState::ChangesRequested | DocumentState::Waiting | DocumentState::Paused => Tone::Warn,
        DocumentState::Declined => Tone::Bad,
        DocumentState::Draft
        | DocumentState::Cancelled
        | DocumentState::Posted
        | DocumentState::Lost
        | DocumentState::Recorded
        | DocumentState::Closed
        | DocumentState::Ended => Tone::Neutral,
    }
}

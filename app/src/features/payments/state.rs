//! How far a payment is, in a word and a colour.

use domain::payments::{PaymentRow, PaymentState};
use leptos::prelude::*;

use crate::ui::{Badge, Tone};

/// The badge of a payment's state.
#[component]
pub(super) fn StateBadge(state: PaymentState, is_refunded: bool) -> impl IntoView {
    let tone = match state {
        PaymentState::Pending => Tone::Warn,
        PaymentState::Succeeded => Tone::Good,
        PaymentState::Failed => Tone::Bad,
        PaymentState::Canceled => Tone::Neutral,
    };
    let (tone, text) = if is_refunded { (Tone::Info, "Given back") } else { (tone, state.label()) };
    view! { <Badge tone=tone text=text /> }.into_any()
}

/// Whether all of it went back.
pub(super) fn is_refunded(row: &PaymentRow) -> bool {
    row.state == PaymentState::Succeeded && row.amount.minor > 0 && row.refunded.minor >= row.amount.minor
}

//! Payments without asking: by a consent that is kept, announced before, up to a limit, and ended by one click.

mod announce;
mod charge_due;
mod consent;
mod follow_up;
mod plan;

/// How far the payment of an invoice came that is made without asking.
mod state {
    /// It is going to be made on its day.
    pub(super) const ANNOUNCED: &str = "announced";
    /// It was begun.
    pub(super) const MADE: &str = "made";
    /// It is known how it ended, and told.
    pub(super) const DONE: &str = "done";
    /// It was not begun.
    pub(super) const SKIPPED: &str = "skipped";
}

pub use charge_due::charge_due;
pub use consent::{get_automatic, set_automatic, unset_automatic};

pub(crate) use consent::{automatic_card, end_automatic};
pub(super) use consent::{is_automatic, pays_automatically};

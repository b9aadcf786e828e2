//! Payments without asking: by a consent that is kept, announced before, up to a limit, and ended by one click.

mod charge_due;
mod consent;

pub use charge_due::charge_due;
pub use consent::{get_automatic, set_automatic, unset_automatic};

pub(crate) use consent::{automatic_card, end_automatic};
pub(super) use consent::{is_automatic, pays_automatically};

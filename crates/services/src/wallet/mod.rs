//! The wallet: money that a customer has with the business. Its balance is the sum of entries that are only ever added.

mod entries;
mod get_wallet;
mod top_up;

pub use get_wallet::get_wallet;
pub use top_up::top_up;

pub(crate) use entries::{NewEntry, add, balance, locked_balance, newest_balance};

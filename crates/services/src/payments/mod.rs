//! Payments: what was paid, for what, and by which means.
//!
//! A payment is [written down](begin) before any money moves, and [concluded](conclude) once, whoever tells how it ended:
//! the answer to the charge, a webhook, the payer's browser, staff, or the worker that asks for what nobody told of.

mod automatic;
mod bank;
mod begin;
mod cards;
mod charge;
mod check_payment;
mod conclude;
mod confirm_transfer;
mod export_own;
mod get_paying;
mod get_payment;
mod list_payments;
mod open;
mod pay;
mod payable;
mod payer;
mod print_receipt;
mod provider;
mod receipt;
mod reconcile_refunds;
mod refund;
mod seen;
mod send_reminders;
mod settle_refund;
mod shared;
mod transfer;
mod ways;

pub use automatic::{charge_due, get_automatic, set_automatic, unset_automatic};
pub use bank::{book_by_hand, book_statement};
pub use cards::{add_card, begin_setup, list_cards, make_default, remove_card};
pub use check_payment::{cancel_payment, check_by_reference, check_payment, reconcile};
pub use confirm_transfer::{confirm_transfer, give_up_transfer};
pub use get_paying::get_paying;
pub use get_payment::{get_payment, get_staff_payment};
pub use list_payments::{list_payments, list_staff_payments};
pub use pay::pay;
pub use print_receipt::print_receipt;
pub use provider::{
    CardProvider, ChargeState, EnteredCard, MadeRefund, NewCharge, NewCustomer, NewRefund, Presence,
    ProviderError, RefundState, Reply, Setup,
};
pub use refund::{new_key, refund_payment};
pub use send_reminders::send_reminders;
pub use shared::{
    begin_shared_setup, check_shared_payment, get_shared_paying, get_shared_payment, pay_shared,
};

pub(crate) use automatic::{automatic_card, end_automatic};
pub(crate) use cards::CardTries;
pub(crate) use export_own::export_own_payments;
pub(crate) use open::is_payable;
pub(crate) use pay::put_into_wallet;
pub(crate) use transfer::bank_transfer;
pub(crate) use ways::ways;

use domain::{access::Right, payments::CardForm};

use crate::{Cx, ServiceError, access::may};

/// How browsers ask for a card, where cards are taken.
///
/// # Permissions
/// Everybody: it is no secret.
#[must_use]
pub fn card_form(cx: &Cx) -> Option<CardForm> {
    cx.portico.card_provider().map(CardProvider::form)
}

/// Whether somebody manages payments; for drawing only, each use case asks by itself.
///
/// # Permissions
/// Everybody: it tells no more than what they may.
#[must_use]
pub fn may_manage(cx: &Cx) -> bool {
    may(cx, Right::ManagePayments)
}

/// This installation takes no cards.
fn unavailable() -> ServiceError {
    ServiceError::refused("Cards are not taken here. Choose something else.")
}

/// There is nothing to pay.
fn nothing_open() -> ServiceError {
    ServiceError::refused("Nothing of it is open any more.")
}

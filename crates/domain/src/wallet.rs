//! The wallet: money that a customer has with the business.

use serde::{Deserialize, Serialize};

use crate::{
    Money,
    ids::PaymentId,
    payments::{Ways, words::coded},
};

coded! {
    /// Why a wallet changed.
    EntryKind:
    /// Money was put in.
    TopUp "top_up" "Top-up",
    /// Documents were paid with it.
    Payment "payment" "Payment",
    /// More was paid than was open.
    Overpayment "overpayment" "Paid beyond what was open",
    /// Something that was paid with it came back.
    Refund "refund" "Refund",
    /// Money went back to where it came from.
    PaidOut "paid_out" "Paid back",
}

/// A change of the wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletEntry {
    /// When.
    pub at: String,
    /// Why.
    pub kind: EntryKind,
    /// How much; below zero for what went out.
    pub amount: Money,
    /// The balance after it.
    pub balance: Money,
    /// The payment, and its number.
    pub payment: Option<(PaymentId, String)>,
}

/// The wallet's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WalletPage {
    /// The balance of each currency, the business's own first.
    pub balances: Vec<Money>,
    /// The newest changes first.
    pub entries: Vec<WalletEntry>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// How money can be put in; nothing where it cannot.
    pub top_up: Option<TopUp>,
}

/// How money can be put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp {
    /// The key of the payment to be.
    pub key: PaymentId,
    /// The least, in the business's currency.
    pub least: Money,
    /// The most.
    pub most: Money,
    /// What may be paid with.
    pub ways: Ways,
}

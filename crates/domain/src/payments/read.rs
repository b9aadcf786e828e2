//! Payments as people read them.

use serde::{Deserialize, Serialize};

use super::{BankTransfer, CardForm, PaymentState, Purpose};
use crate::{
    Money,
    documents::DocumentKind,
    ids::{ContactId, DocumentId, PaymentId},
    page::PageRequest,
};

/// A payment in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRow {
    /// Key.
    pub id: PaymentId,
    /// `P00042`.
    pub number: String,
    /// When it was begun.
    pub at: String,
    /// `Visa •••• 4242`.
    pub label: String,
    /// What it is for.
    pub purpose: Purpose,
    /// How far it is.
    pub state: PaymentState,
    /// What is to be paid, or was.
    pub amount: Money,
    /// What went back.
    pub refunded: Money,
    /// The customer; told to staff.
    pub company: String,
    /// Who paid.
    pub payer: String,
}

/// What of a payment was for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocationRow {
    /// The document.
    pub document: DocumentId,
    /// Its kind.
    pub kind: DocumentKind,
    /// `Invoice INV/2026/0001`.
    pub name: String,
    /// What was paid on it; while the payment is under way, what is to be.
    pub amount: Money,
}

/// Money that went back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRow {
    /// When.
    pub at: String,
    /// How far it is.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who gave it back; told to staff.
    pub by: String,
}

/// A payment's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPage {
    /// The payment.
    pub row: PaymentRow,
    /// The customer.
    pub entity: ContactId,
    /// What it is for.
    pub allocations: Vec<AllocationRow>,
    /// What came in beyond that and went into the wallet.
    pub to_wallet: Money,
    /// What went back.
    pub refunds: Vec<RefundRow>,
    /// Why it failed.
    pub failure: String,
    /// What the payer has to do with their bank still: the provider's secret for their browser.
    pub confirm: Option<Confirm>,
    /// Where to transfer to, while the money is waited for.
    pub transfer: Option<BankTransfer>,
    /// Whether it can be given up.
    pub may_cancel: bool,
    /// What can go back at most; told to staff.
    pub refundable: Option<Money>,
    /// The provider's key of it; told to staff.
    pub provider_ref: String,
}

/// What a browser needs so that the payer can confirm a payment to their bank (3-D Secure).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirm {
    /// How.
    pub form: CardForm,
    /// The provider's secret of this payment, for this browser.
    pub secret: String,
}

/// Which payments a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRequest {
    /// Only those in a state.
    pub state: Option<PaymentState>,
    /// Text in number, reference, customer or payer.
    pub search: String,
    /// The page.
    pub page: PageRequest,
}

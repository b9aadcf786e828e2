//! How an invoice is paid from a bank.

use domain::{
    access::Permission,
    documents::{DocumentDetails, DocumentKind, DocumentRow, DocumentState, Totals},
    payments::BankTransfer,
};
use entities::document;

use super::may::may;
use crate::{Cx, ServiceResult, payments::bank_transfer};

/// What somebody needs to pay an invoice by bank transfer: nothing when nothing is open, when they may not pay, or when the
/// business has told no account.
pub(super) async fn transfer(
    cx: &Cx,
    document: &document::Model,
    row: &DocumentRow,
    details: &DocumentDetails,
    totals: Option<Totals>,
) -> ServiceResult<Option<BankTransfer>> {
    let Some(totals) = totals else { return Ok(None) };
    let is_asked_for =
        details.is_due_by_customer() && row.state == DocumentState::Posted && totals.open.minor > 0;
    if !is_asked_for || !may(cx, DocumentKind::Invoice, Permission::InvoicesPay, document).await? {
        return Ok(None);
    }
    Ok(bank_transfer(cx, totals.open, &row.number))
}

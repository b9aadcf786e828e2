//! How an invoice is paid from a bank.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    access::Permission,
    documents::{Direction, DocumentDetails, DocumentKind, DocumentRow, DocumentState, Totals},
    payments::{BankTransfer, Bic, Iban, creditor_reference, epc_text, spaced_reference},
};
use entities::document;
use qrcode::{EcLevel, QrCode, render::svg};

use super::may::may;
use crate::{Cx, ServiceResult};

/// What somebody needs to pay an invoice by bank transfer: nothing when nothing is open, when they may not pay, or when the
/// business has told no account.
pub(super) async fn transfer(
    cx: &Cx,
    document: &document::Model,
    row: &DocumentRow,
    details: &DocumentDetails,
    totals: Option<Totals>,
) -> ServiceResult<Option<BankTransfer>> {
    let general = &cx.settings().general;
    let (Ok(iban), Some(totals)) = (Iban::parse(&general.iban), totals) else { return Ok(None) };
    let is_asked_for = matches!(
        details,
        DocumentDetails::Invoice { direction: Direction::Receivable, is_credit: false, .. }
    ) && row.state == DocumentState::Posted
        && totals.open.minor > 0;
    if !is_asked_for || !may(cx, DocumentKind::Invoice, Permission::InvoicesPay, document).await? {
        return Ok(None);
    }
    let named = [&general.account_holder, &general.legal_name, &general.business];
    let holder = named.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    let bic = Bic::parse(&general.bic).ok();
    let structured = creditor_reference(&row.number);
    let reference = structured.clone().unwrap_or_else(|| row.number.clone());
    let image =
        epc_text(&holder, &iban, bic.as_ref(), totals.open, &reference).and_then(|text| picture(&text));
    Ok(Some(BankTransfer {
        amount: totals.open,
        holder,
        iban: iban.to_string(),
        bic: bic.map(|bic| bic.as_str().to_owned()).unwrap_or_default(),
        reference: structured.map_or(reference, |reference| spaced_reference(&reference)),
        image,
    }))
}

/// A QR code as a `data:` address.
fn picture(text: &str) -> Option<String> {
    // The standard's own level of correction.
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(image)))
}

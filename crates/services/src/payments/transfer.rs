//! What somebody needs to pay by a transfer from their bank.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    Money,
    payments::{BankTransfer, Bic, Iban, creditor_reference, epc_text, spaced_reference},
};
use qrcode::{EcLevel, QrCode, render::svg};

use crate::Cx;

/// How to transfer an amount, found again by a number, or by the reference that stands for it. Nothing where the business
/// has told no account.
pub(crate) fn bank_transfer(cx: &Cx, amount: Money, number: &str) -> Option<BankTransfer> {
    let general = &cx.settings().general;
    let iban = Iban::parse(&general.iban).ok()?;
    let named = [&general.account_holder, &general.legal_name, &general.business];
    let holder = named.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    let bic = Bic::parse(&general.bic).ok();
    let structured = creditor_reference(number);
    let reference = structured.clone().unwrap_or_else(|| number.to_owned());
    let image = epc_text(&holder, &iban, bic.as_ref(), amount, &reference).and_then(|text| picture(&text));
    Some(BankTransfer {
        amount,
        holder,
        iban: iban.to_string(),
        bic: bic.map(|bic| bic.as_str().to_owned()).unwrap_or_default(),
        reference: structured.map_or(reference, |reference| spaced_reference(&reference)),
        image,
    })
}

/// A QR code as a `data:` address.
fn picture(text: &str) -> Option<String> {
    // The standard's own level of correction.
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Some(format!("data:image/svg+xml;base64,{}", STANDARD.encode(image)))
}

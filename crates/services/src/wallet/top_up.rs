use domain::{
    Currency, FieldErrors, Money,
    ids::PaymentId,
    payments::{TopUpForm, Way, parse_amount},
};

use super::get_wallet::may_top_up;
use crate::{Cx, ServiceError, ServiceResult, access::portal, payments};

/// How little and how much is put in at once.
pub(super) fn limits(currency: Currency) -> (Money, Money) {
    let unit = 10_i64.pow(currency.decimals());
    (Money::new(unit, currency), Money::new(unit.saturating_mul(100_000), currency))
}

/// Puts money into the wallet, in the business's currency. The same form does so once.
///
/// # Permissions
/// `wallet.topup`, signed in; `methods.view` for a saved card.
///
/// # Errors
/// [`ServiceError::Invalid`] by field; [`ServiceError::NotFound`] without the permission.
pub async fn top_up(cx: &Cx, form: &TopUpForm) -> ServiceResult<PaymentId> {
    if !may_top_up(cx)? {
        return Err(ServiceError::NotFound);
    }
    let entity = portal(cx)?.entity;
    let (least, most) = limits(cx.settings().currency());
    let amount = parse_amount(&form.amount, least, most)
        .map_err(|words| words.replace(": no more is open", " at once"));
    let way = Way::parse(&form.way).filter(|way| *way != Way::Wallet);
    let mut errors = FieldErrors::default();
    if let Err(words) = &amount {
        errors.add("amount", words.clone());
    }
    if way.is_none() {
        errors.add("way", "Choose what to pay with.");
    }
    errors.into_result()?;
    let (Ok(amount), Some(way)) = (amount, way) else { return Err(ServiceError::NotFound) };
    payments::put_into_wallet(cx, form, entity.into(), amount, way).await
}

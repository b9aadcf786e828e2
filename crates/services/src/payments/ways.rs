//! What somebody may pay with.

use domain::{
    Currency, Money,
    access::Permission,
    payments::{Iban, Ways},
};
use uuid::Uuid;

use super::cards;
use crate::{
    Cx, ServiceResult,
    access::{portal, portal_scope_if_any},
};

/// What may be paid with: for documents of an entity, or into the wallet. One statement.
pub(crate) async fn ways(
    cx: &Cx,
    entity: Uuid,
    currency: Currency,
    with_wallet: bool,
) -> ServiceResult<Ways> {
    let (cards, balance) = match with_wallet && may_spend(cx, entity)? {
        true => cards::saved_and_balance(cx, entity, currency).await?,
        false => (cards::saved(cx).await?, 0),
    };
    let may_add = cards::may_add(cx)?;
    Ok(Ways {
        cards,
        new_card: cx.portico.card_provider().map(|provider| provider.form()),
        may_save: may_add.is_some(),
        may_save_for_company: may_add == Some(true),
        wallet: Some(Money::new(balance, currency)).filter(|there| there.minor > 0),
        transfer: Iban::parse(&cx.settings().general.iban).is_ok(),
    })
}

/// Whether somebody may pay with an entity's wallet: that of the company that they are in the portal for.
pub(super) fn may_spend(cx: &Cx, entity: Uuid) -> ServiceResult<bool> {
    let actor = portal(cx)?;
    let may = portal_scope_if_any(cx, Permission::WalletSpend)?.is_some();
    Ok(may && actor.user.is_some() && entity == Uuid::from(actor.entity))
}

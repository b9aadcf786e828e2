use domain::{
    Instant,
    access::Permission,
    ids::MethodId,
    payments::{MethodsPage, SavedCard},
};
use entities::payment_method;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::owner::{card_of, cards_of, may_add};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope_if_any};

/// The page of saved cards.
///
/// # Permissions
/// `methods.view`, signed in: one's own, and the company's where the permission reaches it.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission.
pub async fn list_cards(cx: &Cx) -> ServiceResult<MethodsPage> {
    if portal_scope_if_any(cx, Permission::MethodsView)?.is_none() {
        return Err(ServiceError::NotFound);
    }
    let may_add = may_add(cx)?;
    Ok(MethodsPage {
        cards: saved(cx).await?,
        form: cx.portico.card_provider().filter(|_| may_add.is_some()).map(|provider| provider.form()),
        may_add_for_company: may_add == Some(true),
        may_remove: portal_scope_if_any(cx, Permission::MethodsRemove)?.is_some(),
        is_offered: cx.portico.card_provider().is_some(),
    })
}

/// The saved cards that somebody sees, the one that is offered first at the beginning.
pub(in crate::payments) async fn saved(cx: &Cx) -> ServiceResult<Vec<SavedCard>> {
    use payment_method::Column;
    let Some(cards) = cards_of(cx, Permission::MethodsView)? else { return Ok(Vec::new()) };
    let found = cards
        .order_by_desc(Column::IsDefault)
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(cx.db().pool())
        .await?;
    Ok(found.iter().map(|method| shown(cx, method)).collect())
}

/// A saved card that somebody sees, to be paid with.
pub(in crate::payments) async fn usable(cx: &Cx, id: MethodId) -> ServiceResult<payment_method::Model> {
    let Some(cards) = cards_of(cx, Permission::MethodsView)? else { return Err(ServiceError::NotFound) };
    let found = cards.filter(payment_method::Column::Id.eq(Uuid::from(id))).one(cx.db().pool()).await?;
    let found =
        found.ok_or_else(|| ServiceError::field("way", "This card was deleted. Choose another one."))?;
    if card_of(&found).is_expired(cx.today()) {
        return Err(ServiceError::field("way", "This card has expired. Choose another one."));
    }
    Ok(found)
}

fn shown(cx: &Cx, method: &payment_method::Model) -> SavedCard {
    let card = card_of(method);
    SavedCard {
        id: method.id.into(),
        label: card.label(),
        expiry: card.expiry(),
        is_expired: card.is_expired(cx.today()),
        is_company: method.is_company,
        is_default: method.is_default,
        added: cx.settings().zone.display(Instant::from_millis(method.created_at)),
    }
}

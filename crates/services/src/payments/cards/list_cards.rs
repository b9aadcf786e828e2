use domain::{
    Currency, Instant,
    access::Permission,
    ids::MethodId,
    payments::{MethodsPage, SavedCard},
};
use entities::payment_method;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, Order, QueryFilter,
    QueryOrder,
    sea_query::{Alias, Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::owner::{card_of, cards_of, may_add};
use crate::{Cx, ServiceError, ServiceResult, access::portal_scope_if_any, wallet::newest_balance};

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
    let found = payment_method::Entity::find()
        .filter(cards)
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
    let found = payment_method::Entity::find_by_id(Uuid::from(id)).filter(cards).one(cx.db().pool()).await?;
    let found =
        found.ok_or_else(|| ServiceError::field("way", "This card was deleted. Choose another one."))?;
    if card_of(&found).is_expired(cx.today()) {
        return Err(ServiceError::field("way", "This card has expired. Choose another one."));
    }
    Ok(found)
}

/// The same, and what is in an entity's wallet, in minor units. One statement.
pub(in crate::payments) async fn saved_and_balance(
    cx: &Cx,
    entity: Uuid,
    currency: Currency,
) -> ServiceResult<(Vec<SavedCard>, i64)> {
    use payment_method::{Column, Entity};
    // Nobody's, where there are none to see.
    let cards =
        cards_of(cx, Permission::MethodsView)?.unwrap_or_else(|| Condition::all().add(Column::Id.is_null()));
    let mut query = Query::select();
    for column in Column::iter() {
        query.expr_as(Expr::col((Entity, column)), Alias::new(column.as_str()));
    }
    // One row at least, which has the balance.
    query
        .expr_as(scalar(newest_balance(entity, currency)), Alias::new("balance"))
        .from_subquery(Query::select().expr_as(Expr::val(1), Alias::new("one")).to_owned(), Alias::new("one"))
        .join(JoinType::LeftJoin, Entity, cards)
        .order_by((Entity, Column::IsDefault), Order::Desc)
        .order_by((Entity, Column::CreatedAt), Order::Asc)
        .order_by((Entity, Column::Id), Order::Asc);
    let backend = cx.db().backend();
    let rows = CardAndBalance::find_by_statement(backend.build(&query)).all(cx.db().pool()).await?;
    let balance = rows.first().and_then(|row| row.balance).unwrap_or(0);
    Ok((rows.iter().filter_map(|row| row.card.as_ref()).map(|card| shown(cx, card)).collect(), balance))
}

#[derive(FromQueryResult)]
struct CardAndBalance {
    #[sea_orm(nested)]
    card: Option<payment_method::Model>,
    balance: Option<i64>,
}

fn scalar(select: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(select.into()))
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

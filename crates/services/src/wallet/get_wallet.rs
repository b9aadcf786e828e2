use std::collections::BTreeMap;

use domain::{
    Currency, Instant, Money,
    access::Permission,
    ids::PaymentId,
    wallet::{EntryKind, TopUp, WalletEntry, WalletPage},
};
use entities::{payment, wallet_entry as row};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::top_up::limits;
use crate::{
    Cx, ServiceError, ServiceResult,
    access::{portal, portal_scope, portal_scope_if_any},
    ids,
    payments::ways,
};

/// Entries that the page shows.
const MOST: u64 = 100;

/// The wallet of the company that somebody is in the portal for. Two statements.
///
/// # Permissions
/// `wallet.view`, signed in.
///
/// # Errors
/// [`ServiceError::NotFound`] without the permission.
pub async fn get_wallet(cx: &Cx) -> ServiceResult<WalletPage> {
    portal_scope(cx, Permission::WalletView)?;
    let actor = portal(cx)?;
    actor.user.ok_or(ServiceError::NotFound)?;
    let entity = Uuid::from(actor.entity);
    let mut found = newest_and_last(cx, entity).await?;
    let balances = balances(&found, cx.settings().currency());
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let has_more = found.len() > most;
    found.truncate(most);
    let own = cx.settings().currency();
    let top_up = match may_top_up(cx)? {
        true => {
            let ways = ways(cx, entity, own, false).await?;
            let (least, most) = limits(own);
            let can = ways.new_card.is_some() || !ways.cards.is_empty() || ways.transfer;
            can.then(|| TopUp { key: PaymentId(ids::mint(cx.now())), least, most, ways })
        }
        false => None,
    };
    Ok(WalletPage {
        balances,
        entries: found.into_iter().filter_map(|(entry, payment)| shown(cx, &entry, payment)).collect(),
        has_more,
        top_up,
    })
}

pub(super) fn may_top_up(cx: &Cx) -> ServiceResult<bool> {
    let actor = portal(cx)?;
    let may = portal_scope_if_any(cx, Permission::WalletTopup)?.is_some();
    Ok(may && actor.user.is_some() && !actor.is_view_as())
}

/// The newest entries, one more than the page shows, and the last one of each currency; the newest first.
async fn newest_and_last(cx: &Cx, entity: Uuid) -> ServiceResult<Vec<(row::Model, Option<payment::Model>)>> {
    use row::{Column, Entity};
    let newest = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::EntityId.eq(entity))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Place)
        .limit(MOST + 1)
        .into_query();
    let later = Alias::new("later");
    let later_of = |column: Column| Expr::col((Alias::new("later"), column));
    let later = Query::select()
        .expr(later_of(Column::Id))
        .from_as(Entity, later)
        .and_where(later_of(Column::EntityId).equals((Entity, Column::EntityId)))
        .and_where(later_of(Column::Currency).equals((Entity, Column::Currency)))
        .and_where(later_of(Column::Place).gt(Expr::col((Entity, Column::Place))))
        .to_owned();
    let found = Entity::find()
        .filter(Column::EntityId.eq(entity))
        .filter(Condition::any().add(Column::Id.in_subquery(newest)).add(Expr::exists(later).not()))
        .find_also_related(payment::Entity)
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Place)
        .all(cx.db().pool())
        .await?;
    Ok(found)
}

/// The balance of each currency that there ever was, the business's own first.
fn balances(newest_first: &[(row::Model, Option<payment::Model>)], own: Currency) -> Vec<Money> {
    let mut last: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for (entry, _) in newest_first {
        let Ok(currency) = Currency::parse(&entry.currency) else { continue };
        let (place, balance) = last.entry(currency).or_insert((entry.place, entry.balance));
        if entry.place > *place {
            (*place, *balance) = (entry.place, entry.balance);
        }
    }
    let balance = |currency| last.get(&currency).map_or(0, |(_, balance)| *balance);
    let others = last.keys().copied().filter(|currency| *currency != own);
    std::iter::once(own).chain(others).map(|currency| Money::new(balance(currency), currency)).collect()
}

fn shown(cx: &Cx, entry: &row::Model, payment: Option<payment::Model>) -> Option<WalletEntry> {
    let currency = Currency::parse(&entry.currency).ok()?;
    Some(WalletEntry {
        at: cx.settings().zone.display(Instant::from_millis(entry.created_at)),
        kind: EntryKind::parse(&entry.kind)?,
        amount: Money::new(entry.amount, currency),
        balance: Money::new(entry.balance, currency),
        payment: payment.map(|payment| (payment.id.into(), payment.number)),
    })
}

use domain::{
    Currency, Instant, Money,
    access::Permission,
    ids::PaymentId,
    wallet::{EntryKind, TopUp, WalletEntry, WalletPage},
};
use entities::{payment, wallet_entry as row};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
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

/// The wallet of the company that somebody is in the portal for.
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
    let mut found = row::Entity::find()
        .filter(row::Column::EntityId.eq(entity))
        .find_also_related(payment::Entity)
        .order_by_desc(row::Column::CreatedAt)
        .order_by_desc(row::Column::Place)
        .limit(MOST + 1)
        .all(cx.db().pool())
        .await?;
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
        balances: balances(cx, entity, own).await?,
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

/// The balance of each currency that there ever was, the business's own first.
async fn balances(cx: &Cx, entity: Uuid, own: Currency) -> ServiceResult<Vec<Money>> {
    let used: Vec<String> = row::Entity::find()
        .select_only()
        .column(row::Column::Currency)
        .distinct()
        .filter(row::Column::EntityId.eq(entity))
        .order_by_asc(row::Column::Currency)
        .into_tuple()
        .all(cx.db().pool())
        .await?;
    let others =
        used.iter().filter_map(|code| Currency::parse(code).ok()).filter(|currency| *currency != own);
    let mut balances = Vec::new();
    for currency in std::iter::once(own).chain(others) {
        balances.push(super::balance(cx.db().pool(), entity, currency).await?);
    }
    Ok(balances)
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

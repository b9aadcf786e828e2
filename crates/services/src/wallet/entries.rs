//! The entries of a wallet: only ever added, one after the other.

use domain::{Currency, Money, wallet::EntryKind};
use entities::wallet_entry as row;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult, Transaction, ids};

/// A change to be.
#[derive(Clone, Debug)]
pub(crate) struct NewEntry {
    /// The commercial entity.
    pub entity: Uuid,
    pub kind: EntryKind,
    /// Below zero for what goes out.
    pub amount: Money,
    pub payment: Option<Uuid>,
    /// Whoever did it.
    pub by: String,
}

/// What is in a wallet.
pub(crate) async fn balance(
    connection: &impl ConnectionTrait,
    entity: Uuid,
    currency: Currency,
) -> ServiceResult<Money> {
    let last = last(connection, entity, currency).await?;
    Ok(Money::new(last.map_or(0, |last| last.balance), currency))
}

/// The same, which nobody changes until the transaction ends.
pub(crate) async fn locked_balance(
    transaction: &Transaction,
    entity: Uuid,
    currency: Currency,
) -> ServiceResult<Money> {
    lock(transaction, entity).await?;
    balance(transaction, entity, currency).await
}

/// Lets one after the other change a wallet. No row is locked for it: an import holds contacts and waits for documents, while a
/// payment holds documents.
async fn lock(transaction: &Transaction, entity: Uuid) -> ServiceResult<()> {
    // SQLite lets one at a time write anything.
    if transaction.get_database_backend() == DbBackend::Postgres {
        let (high, low) = entity.as_u64_pair();
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock($1)",
            [(high ^ low).cast_signed().into()],
        );
        transaction.execute_raw(lock).await?;
    }
    Ok(())
}

/// The statement that reads what is in a wallet; nothing where there never was anything.
pub(crate) fn newest_balance(entity: Uuid, currency: Currency) -> SelectStatement {
    row::Entity::find()
        .select_only()
        .column(row::Column::Balance)
        .filter(row::Column::EntityId.eq(entity))
        .filter(row::Column::Currency.eq(currency.code()))
        .order_by_desc(row::Column::Place)
        .limit(1)
        .into_query()
}

async fn last(
    connection: &impl ConnectionTrait,
    entity: Uuid,
    currency: Currency,
) -> ServiceResult<Option<row::Model>> {
    let newest = row::Entity::find()
        .filter(row::Column::EntityId.eq(entity))
        .filter(row::Column::Currency.eq(currency.code()))
        .order_by_desc(row::Column::Place);
    Ok(newest.one(connection).await?)
}

/// Adds an entry. Of many at once each waits for the one before, so that the balance is never below zero.
///
/// # Errors
/// [`ServiceError::Refused`] when there is less in it than goes out.
pub(crate) async fn add(cx: &Cx, transaction: &Transaction, new: NewEntry) -> ServiceResult<()> {
    let currency = new.amount.currency;
    lock(transaction, new.entity).await?;
    let last = last(transaction, new.entity, currency).await?;
    let (place, before) = last.map_or((0, 0), |last| (last.place, last.balance));
    let too_much = || ServiceError::internal(anyhow::anyhow!("a wallet cannot hold that much"));
    let balance = before.checked_add(new.amount.minor).ok_or_else(too_much)?;
    if balance < 0 {
        let there = Money::new(before, currency);
        return Err(ServiceError::refused(format!("There is only {there} in the wallet.")));
    }
    let entry = row::ActiveModel {
        id: Set(ids::mint(cx.now())),
        entity_id: Set(new.entity),
        currency: Set(currency.code().to_owned()),
        place: Set(place + 1),
        kind: Set(new.kind.code().to_owned()),
        amount: Set(new.amount.minor),
        balance: Set(balance),
        payment_id: Set(new.payment),
        note: Set(String::new()),
        created_by: Set(new.by),
        created_at: Set(cx.now().millis()),
    };
    row::Entity::insert(entry).exec_without_returning(transaction).await?;
    Ok(())
}

//! A worker has a delivery while its lease runs. A killed worker's lease lapses, and the next one posts it.

use domain::{Instant, webhooks::DeliveryState};
use entities::{webhook, webhook_delivery as row};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};
use time::Duration;

use super::postman::Undelivered;
use crate::{Db, ServiceResult};

/// How long a worker has a delivery: far longer than a receiver is waited for.
pub(super) const LEASE: Duration = Duration::minutes(1);

/// A delivery that a worker has.
#[derive(Clone, Debug)]
pub(super) struct Leased {
    pub delivery: row::Model,
    pub hook: webhook::Model,
}

/// Takes the delivery that waits longest. No two workers get the same; of a webhook one is under way at a time, so that a
/// slow receiver keeps nobody else waiting.
pub(super) async fn claim(db: &Db, now: Instant) -> ServiceResult<Option<Leased>> {
    let until = now.plus(LEASE);
    let busy = queued()
        .select_only()
        .column(row::Column::WebhookId)
        .filter(row::Column::LeasedUntil.gt(now.millis()));
    let next = free(now)
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::NextTryAt.lte(now.millis()))
        .filter(row::Column::WebhookId.not_in_subquery(busy.into_query()))
        .order_by_asc(row::Column::NextTryAt)
        .order_by_asc(row::Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let taken = row::Entity::update_many()
        .col_expr(row::Column::LeasedUntil, Expr::value(until.millis()))
        .filter(row::Column::Id.in_subquery(next.into_query()))
        .exec_with_returning(db.pool())
        .await?;
    let Some(delivery) = taken.into_iter().next() else { return Ok(None) };
    let hook = webhook::Entity::find_by_id(delivery.webhook_id).one(db.pool()).await?;
    Ok(hook.map(|hook| Leased { delivery, hook }))
}

/// When the next delivery that no worker has is due.
pub(super) async fn next_due(db: &Db, now: Instant) -> ServiceResult<Option<Instant>> {
    let next: Option<Option<i64>> = free(now)
        .select_only()
        .column_as(row::Column::NextTryAt.min(), "next_try_at")
        .into_tuple()
        .one(db.pool())
        .await?;
    Ok(next.flatten().map(Instant::from_millis))
}

// Spelled out, not bound: the partial index `webhook_delivery_due` must be seen to fit.
fn queued() -> Select<row::Entity> {
    row::Entity::find().filter(Expr::cust("state = 'queued'"))
}

/// Deliveries that wait and that no worker has, of webhooks that are not paused.
fn free(now: Instant) -> Select<row::Entity> {
    let lapsed = Condition::any()
        .add(row::Column::LeasedUntil.is_null())
        .add(row::Column::LeasedUntil.lte(now.millis()));
    let running = webhook::Entity::find()
        .select_only()
        .column(webhook::Column::Id)
        .filter(webhook::Column::PausedAt.is_null());
    queued().filter(lapsed).filter(row::Column::WebhookId.in_subquery(running.into_query()))
}

/// Notes that the receiver took it.
pub(super) async fn mark_delivered(db: &Db, leased: &Leased, now: Instant, status: u16) -> ServiceResult<()> {
    tried(leased, Some(status), None)
        .col_expr(row::Column::State, Expr::value(DeliveryState::Delivered.code()))
        .col_expr(row::Column::DeliveredAt, Expr::value(now.millis()))
        .exec(db.pool())
        .await?;
    webhook::Entity::update_many()
        .col_expr(webhook::Column::LastSuccessAt, Expr::value(now.millis()))
        .col_expr(webhook::Column::FailingSince, Expr::value(Option::<i64>::None))
        .col_expr(webhook::Column::LastError, Expr::value(Option::<String>::None))
        .filter(webhook::Column::Id.eq(leased.hook.id))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// Notes a try that failed, and when the next one is; without one, it is given up.
pub(super) async fn mark_failed(
    db: &Db,
    leased: &Leased,
    now: Instant,
    next: Option<Instant>,
    why: &Undelivered,
) -> ServiceResult<()> {
    let update = tried(leased, why.status, Some(&why.words));
    let update = match next {
        Some(next) => update.col_expr(row::Column::NextTryAt, Expr::value(next.millis())),
        None => update.col_expr(row::Column::State, Expr::value(DeliveryState::Failed.code())),
    };
    update.exec(db.pool()).await?;
    let since = Expr::col(webhook::Column::FailingSince).if_null(now.millis());
    webhook::Entity::update_many()
        .col_expr(webhook::Column::FailingSince, since)
        .col_expr(webhook::Column::LastError, Expr::value(why.words.as_str()))
        .filter(webhook::Column::Id.eq(leased.hook.id))
        .exec(db.pool())
        .await?;
    Ok(())
}

/// The end of a try, as long as nobody took the delivery over.
fn tried(leased: &Leased, status: Option<u16>, error: Option<&str>) -> UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).add(1))
        .col_expr(row::Column::LeasedUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::Status, Expr::value(status.map(i32::from)))
        .col_expr(row::Column::Error, Expr::value(error))
        .filter(row::Column::Id.eq(leased.delivery.id))
        .filter(row::Column::State.eq(DeliveryState::Queued.code()))
        .filter(row::Column::LeasedUntil.eq(leased.delivery.leased_until))
}

//! A worker has a mail while its lease runs. A killed worker's lease lapses, and the mail is sent by the
//! next one.

use std::collections::VecDeque;

use domain::{Instant, mail::MailState};
use entities::mail_outbox as row;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    UpdateMany,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};
use time::Duration;

use crate::{Db, ServiceResult};

/// How long a worker has a mail.
const LEASE: Duration = Duration::minutes(2);

/// A mail that a worker has.
#[derive(Clone, Debug)]
pub(super) struct Leased {
    pub mail: row::Model,
    until: Instant,
}

impl Leased {
    /// How long the worker still has it.
    pub(super) fn left(&self, now: Instant) -> Duration {
        self.until.since(now)
    }

    /// The mail's row, as long as nobody cancelled it or took it over.
    fn still_ours(&self) -> Condition {
        Condition::all()
            .add(row::Column::Id.eq(self.mail.id))
            .add(row::Column::State.eq(MailState::Queued.code()))
            .add(row::Column::LeasedUntil.eq(self.until.millis()))
    }
}

/// Takes mails that are due, longest waiting first. No two workers get the same.
pub(super) async fn claim(db: &Db, now: Instant, most: u64) -> ServiceResult<VecDeque<Leased>> {
    let until = now.plus(LEASE);
    let due = free(now)
        .select_only()
        .column(row::Column::Id)
        .filter(row::Column::NextTryAt.lte(now.millis()))
        .order_by_asc(row::Column::NextTryAt)
        .order_by_asc(row::Column::Id)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let mut mails = row::Entity::update_many()
        .col_expr(row::Column::LeasedUntil, Expr::value(until.millis()))
        .filter(row::Column::Id.in_subquery(due.into_query()))
        .exec_with_returning(db.pool())
        .await?;
    mails.sort_by_key(|mail| (mail.next_try_at, mail.id));
    Ok(mails.into_iter().map(|mail| Leased { mail, until }).collect())
}

/// When the next mail that no worker has is due.
pub(super) async fn next_due(db: &Db, now: Instant) -> ServiceResult<Option<Instant>> {
    let next: Option<Option<i64>> = free(now)
        .select_only()
        .column_as(row::Column::NextTryAt.min(), "next_try_at")
        .into_tuple()
        .one(db.pool())
        .await?;
    Ok(next.flatten().map(Instant::from_millis))
}

/// Mails that wait and that no worker has.
fn free(now: Instant) -> Select<row::Entity> {
    let lapsed = Condition::any()
        .add(row::Column::LeasedUntil.is_null())
        .add(row::Column::LeasedUntil.lte(now.millis()));
    // Spelled out, not bound: the partial index `mail_outbox_due` must be seen to fit.
    row::Entity::find().filter(Expr::cust("state = 'queued'")).filter(lapsed)
}

/// Whether the mail is still to be sent, and by us.
pub(super) async fn is_wanted(db: &Db, leased: &Leased) -> ServiceResult<bool> {
    let found: Option<i64> = row::Entity::find()
        .select_only()
        .column(row::Column::CreatedAt)
        .filter(leased.still_ours())
        .into_tuple()
        .one(db.pool())
        .await?;
    Ok(found.is_some())
}

/// Gives a mail back as it was.
pub(super) async fn release(db: &Db, leased: &Leased) -> ServiceResult<()> {
    freed(leased).exec(db.pool()).await?;
    Ok(())
}

/// Notes that the mail was handed over, whatever became of the row meanwhile; a secret link is forgotten.
pub(super) async fn mark_sent(db: &Db, leased: &Leased, now: Instant) -> ServiceResult<()> {
    let mut update = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(MailState::Sent.code()))
        .col_expr(row::Column::SentAt, Expr::value(now.millis()))
        .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).add(1))
        .col_expr(row::Column::LeasedUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::Error, Expr::value(Option::<String>::None))
        .filter(row::Column::Id.eq(leased.mail.id));
    if leased.mail.is_secret {
        update = update
            .col_expr(row::Column::TextBody, Expr::value(""))
            .col_expr(row::Column::HtmlBody, Expr::value(""));
    }
    update.exec(db.pool()).await?;
    Ok(())
}

/// Notes a try that failed, and when the next one is.
pub(super) async fn mark_retry(db: &Db, leased: &Leased, next: Instant, why: &str) -> ServiceResult<()> {
    tried(leased, why).col_expr(row::Column::NextTryAt, Expr::value(next.millis())).exec(db.pool()).await?;
    Ok(())
}

/// Gives a mail up.
pub(super) async fn mark_failed(db: &Db, leased: &Leased, why: &str) -> ServiceResult<()> {
    tried(leased, why)
        .col_expr(row::Column::State, Expr::value(MailState::Failed.code()))
        .exec(db.pool())
        .await?;
    Ok(())
}

fn tried(leased: &Leased, why: &str) -> UpdateMany<row::Entity> {
    freed(leased)
        .col_expr(row::Column::Attempts, Expr::col(row::Column::Attempts).add(1))
        .col_expr(row::Column::Error, Expr::value(why))
}

fn freed(leased: &Leased) -> UpdateMany<row::Entity> {
    row::Entity::update_many()
        .col_expr(row::Column::LeasedUntil, Expr::value(Option::<i64>::None))
        .filter(leased.still_ours())
}

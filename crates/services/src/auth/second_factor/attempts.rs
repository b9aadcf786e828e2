//! Codes are tried a few times only. They have counters of their own: whoever gets so far has the password already,
//! and what counts passwords must not be cleared by a right one (see `docs/SECURITY.md`).

use domain::Instant;
use entities::sign_in_throttle as row;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use uuid::Uuid;

use crate::{Cx, ServiceError, ServiceResult, Transaction, secret};

/// Seconds, and how many tries they have: five in five minutes, twenty in an hour, fifty in a day.
const WINDOWS: [(i64, i32); 3] = [(300, 5), (3_600, 20), (86_400, 50)];

/// A try that was let in.
pub(super) struct Attempt {
    user: Uuid,
    /// Whether it is the last one for now: time to tell the owner.
    pub is_last: bool,
}

/// Counts a try of a user's codes before it is looked at, or refuses one too many.
pub(super) async fn attempt(cx: &Cx, user: Uuid) -> ServiceResult<Attempt> {
    let now = cx.now();
    let transaction = cx.begin().await?;
    let (mut wait, mut is_last) = (0, false);
    for (seconds, limit) in WINDOWS {
        let bucket = bucket(user, seconds, now);
        let fresh = row::ActiveModel {
            bucket: Set(bucket.clone()),
            failures: Set(1),
            last_failed_at: Set(now.millis()),
            blocked_until: Set(0),
            succeeded_at: Set(None),
        };
        // One statement counts, so that parallel tries cannot share a count.
        let counted = Expr::col((row::Entity, row::Column::Failures)).add(1);
        let conflict = OnConflict::column(row::Column::Bucket)
            .value(row::Column::Failures, counted)
            .value(row::Column::LastFailedAt, now.millis())
            .to_owned();
        row::Entity::insert(fresh).on_conflict(conflict).exec_without_returning(&transaction).await?;
        let tries = row::Entity::find_by_id(bucket).one(&transaction).await?.map_or(1, |row| row.failures);
        if tries > limit {
            wait = std::cmp::max(wait, seconds - now.millis().div_euclid(1_000).rem_euclid(seconds));
        }
        is_last |= tries == limit;
    }
    if wait > 0 {
        // What is refused is not counted: nobody uses up the tries of the hour in a minute.
        transaction.rollback().await?;
        return Err(ServiceError::Throttled { wait_seconds: wait });
    }
    transaction.commit().await?;
    Ok(Attempt { user, is_last })
}

impl Attempt {
    /// Forgets the tries: this one was right.
    pub(super) async fn succeeded(&self, cx: &Cx, transaction: &Transaction) -> ServiceResult<()> {
        let buckets = WINDOWS.map(|(seconds, _)| bucket(self.user, seconds, cx.now()));
        row::Entity::delete_many().filter(row::Column::Bucket.is_in(buckets)).exec(transaction).await?;
        Ok(())
    }
}

fn bucket(user: Uuid, seconds: i64, now: Instant) -> String {
    let window = now.millis().div_euclid(seconds * 1_000);
    secret::hash(&format!("code\n{user}\n{seconds}\n{window}"))
}

//! Failed sign-ins slow further tries down and never lock anybody out for good. See `docs/SECURITY.md`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use domain::{Instant, Login};
use entities::sign_in_throttle as row;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::Duration;

use crate::{Cx, ServiceError, ServiceResult, secret};

/// Failures of one account from one place that cost nothing.
const FREE_FROM_PLACE: i32 = 5;
/// Failures of one account from anywhere that cost nothing.
const FREE_FROM_ANYWHERE: i32 = 30;
/// Failures are forgotten after so long without another.
const MEMORY: Duration = Duration::hours(1);
/// How long a place that somebody signed in from is spared the account-wide wait.
const KNOWN_PLACE: Duration = Duration::days(30);
/// No wait is longer, so that the true owner gets in a minute after an attack pauses.
const LONGEST_WAIT: Duration = Duration::seconds(60);

/// What is counted: an account from a place, and an account from anywhere. Unknown accounts count alike.
#[derive(Debug)]
pub(super) struct Buckets {
    place: String,
    anywhere: String,
}

impl Buckets {
    pub(super) fn of(cx: &Cx, login: &Login) -> Self {
        let network = network(&cx.origin.address);
        Self {
            place: secret::hash(&format!("place\n{}\n{network}", login.as_str())),
            anywhere: secret::hash(&format!("anywhere\n{}", login.as_str())),
        }
    }
}

/// Refuses a try that comes too early.
pub(super) async fn check(cx: &Cx, buckets: &Buckets) -> ServiceResult<()> {
    let now = cx.now();
    let rows = row::Entity::find()
        .filter(row::Column::Bucket.is_in([&buckets.place, &buckets.anywhere]))
        .all(cx.db().pool())
        .await?;
    let place = rows.iter().find(|row| row.bucket == buckets.place);
    let is_known = place
        .and_then(|row| row.succeeded_at)
        .is_some_and(|at| now.since(Instant::from_millis(at)) < KNOWN_PLACE);
    let anywhere = rows.iter().find(|row| row.bucket == buckets.anywhere).filter(|_| !is_known);
    let until = place.into_iter().chain(anywhere).map(|row| row.blocked_until).max().unwrap_or(0);
    let wait = Instant::from_millis(until).since(now);
    if wait.is_positive() {
        return Err(ServiceError::Throttled { wait_seconds: wait.whole_seconds() + 1 });
    }
    Ok(())
}

/// Counts a failure in both buckets.
pub(super) async fn failed(cx: &Cx, buckets: &Buckets) -> ServiceResult<()> {
    let transaction = cx.begin().await?;
    for (bucket, free) in [(&buckets.place, FREE_FROM_PLACE), (&buckets.anywhere, FREE_FROM_ANYWHERE)] {
        let now = cx.now();
        let forget_before = now.plus(-MEMORY).millis();
        let fresh = row::ActiveModel {
            bucket: Set(bucket.clone()),
            failures: Set(1),
            last_failed_at: Set(now.millis()),
            blocked_until: Set(0),
            succeeded_at: Set(None),
        };
        // One statement counts, so that parallel tries cannot share a count.
        let held = || Expr::col((row::Entity, row::Column::Failures));
        let recent = Expr::col((row::Entity, row::Column::LastFailedAt)).gt(forget_before);
        let counted = Expr::case(recent, held().add(1)).finally(1);
        let conflict = OnConflict::column(row::Column::Bucket)
            .value(row::Column::Failures, counted)
            .value(row::Column::LastFailedAt, now.millis())
            .to_owned();
        row::Entity::insert(fresh).on_conflict(conflict).exec_without_returning(&transaction).await?;
        let failures =
            row::Entity::find_by_id(bucket.clone()).one(&transaction).await?.map_or(1, |row| row.failures);
        let until = now.plus(wait_after(failures, free)).millis();
        row::Entity::update_many()
            .col_expr(row::Column::BlockedUntil, Expr::value(until))
            .filter(row::Column::Bucket.eq(bucket))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Forgets the failures from this place and remembers that somebody signed in from it.
pub(super) async fn succeeded(cx: &Cx, buckets: &Buckets) -> ServiceResult<()> {
    let now = cx.now().millis();
    let fresh = row::ActiveModel {
        bucket: Set(buckets.place.clone()),
        failures: Set(0),
        last_failed_at: Set(now),
        blocked_until: Set(0),
        succeeded_at: Set(Some(now)),
    };
    let conflict = OnConflict::column(row::Column::Bucket)
        .update_columns([
            row::Column::Failures,
            row::Column::LastFailedAt,
            row::Column::BlockedUntil,
            row::Column::SucceededAt,
        ])
        .to_owned();
    row::Entity::insert(fresh).on_conflict(conflict).exec_without_returning(cx.db().pool()).await?;
    Ok(())
}

/// 1, 2, 4 … seconds once the free failures are used up.
fn wait_after(failures: i32, free: i32) -> Duration {
    let Ok(excess) = u32::try_from(failures - free) else { return Duration::ZERO };
    let seconds = 1_i64.checked_shl(std::cmp::min(excess, 10)).unwrap_or(i64::MAX);
    std::cmp::min(Duration::seconds(seconds), LONGEST_WAIT)
}

/// The network an address is counted as: /24 for IPv4, /64 for IPv6, since one customer has all of it.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            Ipv4Addr::new(a, b, c, 0).to_string()
        }
        Ok(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stay_below_a_minute() {
        assert_eq!(wait_after(4, 5), Duration::ZERO);
        assert_eq!(wait_after(5, 5), Duration::seconds(1));
        assert_eq!(wait_after(8, 5), Duration::seconds(8));
        assert_eq!(wait_after(i32::MAX, 5), LONGEST_WAIT);
    }

    #[test]
    fn neighbours_count_as_one_place() {
        assert_eq!(network("192.0.2.7"), network("192.0.2.200"));
        assert_ne!(network("192.0.2.7"), network("192.0.3.7"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
    }
}

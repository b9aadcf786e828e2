//! Failed sign-ins slow further tries down and never lock anybody out for good. See `docs/SECURITY.md`.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Instant, Login};
use entities::sign_in_throttle as row;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::Duration;

use crate::{Cx, ServiceError, ServiceResult, Transaction, secret};

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
#[derive(Clone, Debug)]
struct Buckets {
    place: String,
    anywhere: String,
}

impl Buckets {
    fn of(cx: &Cx, login: &Login) -> Self {
        let network = network(&cx.origin.address);
        Self {
            place: secret::hash(&format!("place\n{}\n{network}", login.as_str())),
            anywhere: secret::hash(&format!("anywhere\n{}", login.as_str())),
        }
    }
}

/// The tries of each bucket whose password is being hashed in this process. Without them, guesses sent all at once
/// would all be let in before the first of them has failed.
#[derive(Debug, Default)]
pub struct Running(Mutex<HashMap<String, i32>>);

impl Running {
    /// One more; how many others there are.
    fn enter(&self, bucket: &str) -> i32 {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = running.entry(bucket.to_owned()).or_default();
        *count += 1;
        *count - 1
    }

    fn leave(&self, bucket: &str) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = running.get_mut(bucket) {
            *count -= 1;
            if *count == 0 {
                running.remove(bucket);
            }
        }
    }
}

/// A try that was let in. It runs until it is dropped, also when the request is gone.
#[derive(Debug)]
pub(super) struct Attempt {
    buckets: Buckets,
    running: Arc<Running>,
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.running.leave(&self.buckets.place);
        self.running.leave(&self.buckets.anywhere);
    }
}

/// Lets a try in, or refuses one that comes too early.
pub(super) async fn attempt(cx: &Cx, login: &Login) -> ServiceResult<Attempt> {
    let now = cx.now();
    let buckets = Buckets::of(cx, login);
    let running = Arc::clone(&cx.portico.running_sign_ins);
    // Before the rows are read: whichever try is gone by then has its failure in them.
    let beside = (running.enter(&buckets.place), running.enter(&buckets.anywhere));
    let attempt = Attempt { buckets, running };
    let Buckets { place, anywhere } = &attempt.buckets;
    let rows =
        row::Entity::find().filter(row::Column::Bucket.is_in([place, anywhere])).all(cx.db().pool()).await?;
    let of = |bucket: &String| rows.iter().find(|row| row.bucket == *bucket);
    let is_known = of(place)
        .and_then(|row| row.succeeded_at)
        .is_some_and(|at| now.since(Instant::from_millis(at)) < KNOWN_PLACE);
    let wait = wait_now(now, of(place), beside.0, FREE_FROM_PLACE);
    let wait = if is_known {
        wait
    } else {
        std::cmp::max(wait, wait_now(now, of(anywhere), beside.1, FREE_FROM_ANYWHERE))
    };
    if wait.is_positive() {
        return Err(ServiceError::Throttled { wait_seconds: wait.whole_seconds() + 1 });
    }
    Ok(attempt)
}

/// How long a bucket refuses tries. What is left of the free failures may be tried at once; once they are used up,
/// one try has to end before the next.
fn wait_now(now: Instant, held: Option<&row::Model>, beside: i32, free: i32) -> Duration {
    let failures =
        held.filter(|row| row.last_failed_at > now.plus(-MEMORY).millis()).map_or(0, |row| row.failures);
    if beside > 0 && failures + beside >= free {
        return Duration::seconds(1);
    }
    let blocked = held.map_or(Duration::ZERO, |row| Instant::from_millis(row.blocked_until).since(now));
    std::cmp::max(blocked, Duration::ZERO)
}

impl Attempt {
    /// Counts a failure in both buckets.
    pub(super) async fn failed(self, cx: &Cx) -> ServiceResult<()> {
        let Buckets { place, anywhere } = &self.buckets;
        let transaction = cx.begin().await?;
        for (bucket, free) in [(place, FREE_FROM_PLACE), (anywhere, FREE_FROM_ANYWHERE)] {
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
            let failures = row::Entity::find_by_id(bucket.clone())
                .one(&transaction)
                .await?
                .map_or(1, |row| row.failures);
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
}

/// Forgets an account's failures from this place and remembers that somebody signed in from it.
pub(super) async fn remember_place(cx: &Cx, transaction: &Transaction, login: &Login) -> ServiceResult<()> {
    let now = cx.now().millis();
    let fresh = row::ActiveModel {
        bucket: Set(Buckets::of(cx, login).place),
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
    row::Entity::insert(fresh).on_conflict(conflict).exec_without_returning(transaction).await?;
    Ok(())
}

/// 1, 2, 4 … seconds once the free failures are used up.
fn wait_after(failures: i32, free: i32) -> Duration {
    let Ok(excess) = u32::try_from(failures - free) else { return Duration::ZERO };
    let seconds = 1_i64.checked_shl(std::cmp::min(excess, 10)).unwrap_or(i64::MAX);
    std::cmp::min(Duration::seconds(seconds), LONGEST_WAIT)
}

/// The network an address is counted as: /24 for IPv4, /64 for IPv6, since one customer has all of it.
pub(super) fn network(address: &str) -> String {
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
    fn what_is_left_of_the_free_failures_may_be_tried_at_once() {
        let now = Instant::from_millis(10_000_000);
        let held = |failures, last_failed_at| row::Model {
            bucket: String::new(),
            failures,
            last_failed_at,
            blocked_until: 0,
            succeeded_at: None,
        };
        assert_eq!(wait_now(now, None, 4, 5), Duration::ZERO);
        assert_eq!(wait_now(now, None, 5, 5), Duration::seconds(1));
        assert_eq!(wait_now(now, Some(&held(3, now.millis())), 1, 5), Duration::ZERO);
        assert_eq!(wait_now(now, Some(&held(3, now.millis())), 2, 5), Duration::seconds(1));
        assert!(!wait_now(now, Some(&held(9, now.millis())), 0, 5).is_positive(), "one at a time");
        let forgotten = now.plus(-MEMORY).millis();
        assert!(!wait_now(now, Some(&held(9, forgotten)), 4, 5).is_positive());
    }

    #[test]
    fn neighbours_count_as_one_place() {
        assert_eq!(network("192.0.2.7"), network("192.0.2.200"));
        assert_ne!(network("192.0.2.7"), network("192.0.3.7"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:1"));
    }
}

//! What is counted to slow tries down: failures, or requests, of one kind from one place. Counts lie in the
//! database, so that they outlive a restart and hold for every instance.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use domain::Instant;
use entities::sign_in_throttle as row;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use time::Duration;

use crate::{ServiceResult, Transaction, secret};

/// Counts are forgotten after so long without another.
pub(super) const MEMORY: Duration = Duration::hours(1);
/// No wait is longer, so that the true owner gets in a minute after an attack pauses.
const LONGEST_WAIT: Duration = Duration::seconds(60);

/// One count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// The hash of what is counted: the table tells nobody who tried to sign in.
    pub key: String,
    /// How many cost nothing.
    pub free: i32,
}

impl Bucket {
    pub(super) fn new(what: &str, free: i32) -> Self {
        Self { key: secret::hash(what), free }
    }

    /// Its row.
    pub(super) async fn find(&self, connection: &impl ConnectionTrait) -> ServiceResult<Option<row::Model>> {
        Ok(row::Entity::find_by_id(&self.key).one(connection).await?)
    }

    /// Counts one more, in one statement, so that parallel tries cannot share a count; then sets until when the
    /// bucket refuses.
    pub(super) async fn count(&self, transaction: &Transaction, now: Instant) -> ServiceResult<()> {
        let fresh = row::ActiveModel {
            bucket: Set(self.key.clone()),
            failures: Set(1),
            last_failed_at: Set(now.millis()),
            blocked_until: Set(0),
            succeeded_at: Set(None),
        };
        let held = || Expr::col((row::Entity, row::Column::Failures));
        let recent = Expr::col((row::Entity, row::Column::LastFailedAt)).gt(now.plus(-MEMORY).millis());
        let counted = Expr::case(recent, held().add(1)).finally(1);
        let conflict = OnConflict::column(row::Column::Bucket)
            .value(row::Column::Failures, counted)
            .value(row::Column::LastFailedAt, now.millis())
            .to_owned();
        row::Entity::insert(fresh).on_conflict(conflict).exec_without_returning(transaction).await?;
        let failures = self.find(transaction).await?.map_or(1, |row| row.failures);
        let until = now.plus(wait_after(failures, self.free)).millis();
        row::Entity::update_many()
            .col_expr(row::Column::BlockedUntil, Expr::value(until))
            .filter(row::Column::Bucket.eq(&self.key))
            .exec(transaction)
            .await?;
        Ok(())
    }

    /// Forgets the count, and remembers when somebody got it right.
    pub(super) async fn forget(&self, transaction: &Transaction, now: Instant) -> ServiceResult<()> {
        let fresh = row::ActiveModel {
            bucket: Set(self.key.clone()),
            failures: Set(0),
            last_failed_at: Set(now.millis()),
            blocked_until: Set(0),
            succeeded_at: Set(Some(now.millis())),
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
}

/// How long a bucket refuses tries, while `beside` others are under way. What is left of the free failures may be
/// tried at once; once they are used up, one try has to end before the next.
pub(super) fn wait_now(now: Instant, held: Option<&row::Model>, beside: i32, free: i32) -> Duration {
    let failures =
        held.filter(|row| row.last_failed_at > now.plus(-MEMORY).millis()).map_or(0, |row| row.failures);
    if beside > 0 && failures + beside >= free {
        return Duration::seconds(1);
    }
    let blocked = held.map_or(Duration::ZERO, |row| Instant::from_millis(row.blocked_until).since(now));
    std::cmp::max(blocked, Duration::ZERO)
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

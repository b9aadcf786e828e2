//! Failed sign-ins slow further tries down and never lock anybody out for good. See `docs/SECURITY.md`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Instant, Login};
use entities::{device, sign_in_throttle as row, user};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use time::Duration;
use uuid::Uuid;

use super::bucket::{Bucket, network, wait_now};
use crate::{Cx, ServiceError, ServiceResult, Transaction};

/// Failures of one account from one place that cost nothing.
const FREE_FROM_PLACE: i32 = 5;
/// Failures of one account from anywhere that cost nothing.
const FREE_FROM_ANYWHERE: i32 = 30;
/// Failures of one account from a browser that it has been signed in from that cost nothing.
const FREE_FROM_DEVICE: i32 = 5;
/// How long a place that somebody signed in from is spared the account-wide wait.
const KNOWN_PLACE: Duration = Duration::days(30);

/// What is counted. Unknown accounts count alike.
#[derive(Clone, Debug)]
enum Buckets {
    /// A browser that the account has been signed in from has a count of its own: whatever strangers do, from
    /// the same network too, its owner is not kept waiting, and who has its cookie cannot guess for ever.
    Device(Bucket),
    /// An account from a place, and an account from anywhere.
    Stranger { place: Bucket, anywhere: Bucket },
}

impl Buckets {
    async fn of(cx: &Cx, connection: &impl ConnectionTrait, login: &Login) -> ServiceResult<Self> {
        if let Some(device) = known_device(cx, connection, login).await? {
            return Ok(Self::Device(Bucket::new(&format!("device\n{device}"), FREE_FROM_DEVICE)));
        }
        let network = network(&cx.origin.address);
        let login = login.as_str();
        Ok(Self::Stranger {
            place: Bucket::new(&format!("place\n{login}\n{network}"), FREE_FROM_PLACE),
            anywhere: Bucket::new(&format!("anywhere\n{login}"), FREE_FROM_ANYWHERE),
        })
    }

    fn each(&self) -> impl Iterator<Item = &Bucket> {
        let (first, second) = match self {
            Self::Device(device) => (device, None),
            Self::Stranger { place, anywhere } => (place, Some(anywhere)),
        };
        std::iter::once(first).chain(second)
    }
}

/// The browser of a request, if the account was signed in from it before. Asked in one statement, and only of
/// whoever has some such cookie: neither the answer nor its time tells whether the account exists.
async fn known_device(
    cx: &Cx,
    connection: &impl ConnectionTrait,
    login: &Login,
) -> ServiceResult<Option<Uuid>> {
    let Some(secret) = cx.origin.device.as_deref() else { return Ok(None) };
    let found = device::Entity::find()
        .select_only()
        .column(device::Column::Id)
        .join(JoinType::InnerJoin, device::Relation::User.def())
        .filter(device::Column::SecretHash.eq(secret))
        .filter(user::Column::Login.eq(login.as_str()))
        .into_tuple()
        .one(connection)
        .await?;
    Ok(found)
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
        for bucket in self.buckets.each() {
            self.running.leave(&bucket.key);
        }
    }
}

/// Lets a try in, or refuses one that comes too early.
pub(super) async fn attempt(cx: &Cx, login: &Login) -> ServiceResult<Attempt> {
    let now = cx.now();
    let buckets = Buckets::of(cx, cx.db().pool(), login).await?;
    let running = Arc::clone(&cx.portico.running_sign_ins);
    // Before the rows are read: whichever try is gone by then has its failure in them.
    let beside: Vec<i32> = buckets.each().map(|bucket| running.enter(&bucket.key)).collect();
    let attempt = Attempt { buckets, running };
    let keys = attempt.buckets.each().map(|bucket| &bucket.key);
    let rows = row::Entity::find().filter(row::Column::Bucket.is_in(keys)).all(cx.db().pool()).await?;
    let wait = attempt.wait(now, &rows, &beside);
    if wait.is_positive() {
        return Err(ServiceError::Throttled { wait_seconds: wait.whole_seconds() + 1 });
    }
    Ok(attempt)
}

impl Attempt {
    fn wait(&self, now: Instant, rows: &[row::Model], beside: &[i32]) -> Duration {
        let held = |bucket: &Bucket| rows.iter().find(|row| row.bucket == bucket.key);
        let is_known = |place: &Bucket| {
            held(place)
                .and_then(|row| row.succeeded_at)
                .is_some_and(|at| now.since(Instant::from_millis(at)) < KNOWN_PLACE)
        };
        let waits = self.buckets.each().zip(beside).map(|(bucket, beside)| match &self.buckets {
            Buckets::Stranger { place, anywhere } if bucket == anywhere && is_known(place) => Duration::ZERO,
            _ => wait_now(now, held(bucket), *beside, bucket.free),
        });
        waits.max().unwrap_or(Duration::ZERO)
    }

    /// Counts a failure in every bucket.
    pub(super) async fn failed(self, cx: &Cx) -> ServiceResult<()> {
        let transaction = cx.begin().await?;
        for bucket in self.buckets.each() {
            bucket.count(&transaction, cx.now()).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Forgets an account's failures from this place or browser and remembers that somebody signed in from it.
pub(super) async fn remember_place(cx: &Cx, transaction: &Transaction, login: &Login) -> ServiceResult<()> {
    match Buckets::of(cx, transaction, login).await? {
        Buckets::Device(bucket) | Buckets::Stranger { place: bucket, .. } => {
            bucket.forget(transaction, cx.now()).await
        }
    }
}

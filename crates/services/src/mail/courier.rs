use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};

use super::{
    MailTransport, back_off,
    failure::Failure,
    lease::{self, Leased},
    message,
};
use crate::{Portico, ServiceResult};

/// How many mails are under way at once.
const PARALLEL: u32 = 4;
/// How many mails are claimed at once.
const BATCH: u64 = 8;
/// What must be left of a lease to begin a mail: longer than the slowest mail server is waited for.
const LEAST_LEFT: Duration = Duration::seconds(105);
/// How often, and how far apart, it is tried to note that a mail was sent: forgetting it sends it twice.
const NOTE_TRIES: u32 = 5;
const NOTE_PAUSE: std::time::Duration = std::time::Duration::from_millis(500);

/// What became of the mails that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryReport {
    /// Handed to the mail server.
    pub sent: u64,
    /// Given up.
    pub failed: u64,
    /// Tried in vain; will be tried again.
    pub retried: u64,
}

/// Sends every mail that is due, up to four at a time. Stops early when the mail server is away: the rest
/// stays due.
///
/// A mail that fails alone, because of its address or its content, keeps no other one back.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails. Mails under way are finished all the same.
pub async fn deliver_due(portico: &Arc<Portico>, transport: &MailTransport) -> ServiceResult<DeliveryReport> {
    let (_never_stops, mut stop) = watch::channel(false);
    let mut courier = Courier::new(Arc::clone(portico), transport.clone());
    let handed_out = courier.hand_out(&mut stop).await;
    courier.finish().await;
    handed_out.map(|()| courier.report())
}

/// Sends mails until none is due.
///
/// # Errors
/// As [`deliver_due`].
pub async fn drain(portico: &Arc<Portico>, transport: &MailTransport) -> ServiceResult<DeliveryReport> {
    let mut total = DeliveryReport::default();
    loop {
        let report = deliver_due(portico, transport).await?;
        if report == DeliveryReport::default() {
            return Ok(total);
        }
        total.sent += report.sent;
        total.failed += report.failed;
        total.retried += report.retried;
    }
}

/// Takes mails that are due to the mail server.
pub(super) struct Courier {
    portico: Arc<Portico>,
    transport: MailTransport,
    slots: Arc<Semaphore>,
    tally: Arc<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    sent: AtomicU64,
    failed: AtomicU64,
    retried: AtomicU64,
    is_away: AtomicBool,
    /// Rung when a mail came back: it falls due again.
    came_back: Notify,
}

impl Courier {
    pub(super) fn new(portico: Arc<Portico>, transport: MailTransport) -> Self {
        let slots = Arc::new(Semaphore::new(usize::try_from(PARALLEL).unwrap_or(1)));
        Self { portico, transport, slots, tally: Arc::default() }
    }

    /// Begins mails as slots come free, until none is due, the server is found away, or `stop` says so.
    pub(super) async fn hand_out(&mut self, stop: &mut watch::Receiver<bool>) -> ServiceResult<()> {
        self.tally.is_away.store(false, Ordering::SeqCst);
        let mut claimed = VecDeque::new();
        let result = self.hand_out_from(&mut claimed, stop).await;
        for leased in claimed {
            lease::release(&self.portico.db, &leased).await?;
        }
        result
    }

    async fn hand_out_from(
        &self,
        claimed: &mut VecDeque<Leased>,
        stop: &mut watch::Receiver<bool>,
    ) -> ServiceResult<()> {
        loop {
            let slot = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return Ok(()),
                slot = Arc::clone(&self.slots).acquire_owned() => slot,
            };
            let Ok(slot) = slot else { return Ok(()) };
            if self.is_away() {
                return Ok(());
            }
            if claimed.is_empty() {
                *claimed = lease::claim(&self.portico.db, self.portico.clock.now(), BATCH).await?;
            }
            let Some(leased) = claimed.pop_front() else { return Ok(()) };
            self.begin(leased, slot);
        }
    }

    /// Sends a mail in a task of its own: what was begun is finished and noted even if nobody waits.
    fn begin(&self, leased: Leased, slot: OwnedSemaphorePermit) {
        let (portico, transport) = (Arc::clone(&self.portico), self.transport.clone());
        let tally = Arc::clone(&self.tally);
        tokio::spawn(async move {
            if let Err(error) = deliver(&portico, &transport, &tally, &leased).await {
                tracing::error!(event = "mail.not_noted", mail = %leased.mail.id, %error);
            }
            drop(slot);
        });
    }

    /// Waits for the mails under way.
    pub(super) async fn finish(&self) {
        let _all = self.slots.acquire_many(PARALLEL).await;
        self.transport.rest().await;
    }

    /// Whether the mail server was found away.
    pub(super) fn is_away(&self) -> bool {
        self.tally.is_away.load(Ordering::SeqCst)
    }

    /// Waits until a mail came back unsent, and so until the time of the next one may have changed.
    pub(super) async fn came_back(&self) {
        self.tally.came_back.notified().await;
    }

    /// What became of the mails so far.
    pub(super) fn report(&self) -> DeliveryReport {
        DeliveryReport {
            sent: self.tally.sent.load(Ordering::SeqCst),
            failed: self.tally.failed.load(Ordering::SeqCst),
            retried: self.tally.retried.load(Ordering::SeqCst),
        }
    }

    /// Ends connections that wait for more mail.
    pub(super) async fn rest(&self) {
        self.transport.rest().await;
    }
}

async fn deliver(
    portico: &Portico,
    transport: &MailTransport,
    tally: &Tally,
    leased: &Leased,
) -> ServiceResult<()> {
    let now = portico.clock.now();
    if leased.left(now) < LEAST_LEFT {
        lease::release(&portico.db, leased).await?;
        tally.came_back.notify_one();
        return Ok(());
    }
    if !lease::is_wanted(&portico.db, leased).await? {
        return Ok(());
    }
    let sent = match message::build(&portico.settings(), (&leased.mail).into(), now) {
        Ok(outgoing) => transport.send(outgoing).await,
        Err(failure) => Err(failure),
    };
    let (mail, template) = (leased.mail.id, &leased.mail.template);
    match sent {
        Ok(_) => {
            tally.sent.fetch_add(1, Ordering::SeqCst);
            tracing::info!(event = "mail.sent", %mail, template);
            note_sent(portico, leased).await
        }
        Err(failure) => note_failure(portico, tally, leased, &failure).await,
    }
}

async fn note_sent(portico: &Portico, leased: &Leased) -> ServiceResult<()> {
    let mut tries = 1;
    loop {
        match lease::mark_sent(&portico.db, leased, portico.clock.now()).await {
            Err(_) if tries < NOTE_TRIES => tries += 1,
            noted => return noted,
        }
        tokio::time::sleep(NOTE_PAUSE).await;
    }
}

async fn note_failure(
    portico: &Portico,
    tally: &Tally,
    leased: &Leased,
    failure: &Failure,
) -> ServiceResult<()> {
    let (mail, template, why) = (leased.mail.id, &leased.mail.template, failure.words());
    let now = portico.clock.now();
    let attempts = leased.mail.attempts.saturating_add(1);
    let longest = match failure {
        Failure::Unreachable(_) => {
            tally.is_away.store(true, Ordering::SeqCst);
            Some(back_off::AWAY)
        }
        Failure::Deferred(_) => Some(back_off::LONGEST),
        Failure::Refused(_) => None,
    };
    let age = now.since(domain::Instant::from_millis(leased.mail.created_at));
    let Some(longest) = longest.filter(|_| !back_off::is_exhausted(attempts, age)) else {
        tally.failed.fetch_add(1, Ordering::SeqCst);
        tracing::warn!(event = "mail.failed", %mail, template, attempts, why);
        return lease::mark_failed(&portico.db, leased, why).await;
    };
    tally.retried.fetch_add(1, Ordering::SeqCst);
    tracing::info!(event = "mail.deferred", %mail, template, attempts, why);
    let next = now.plus(back_off::pause(attempts, longest));
    lease::mark_retry(&portico.db, leased, next, why).await?;
    tally.came_back.notify_one();
    Ok(())
}

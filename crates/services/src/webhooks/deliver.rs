use std::sync::Arc;

use tokio::{sync::watch, task::JoinSet};

use super::{
    attempt::{Outcome, attempt},
    lease,
};
use crate::{Portico, ServiceError, ServiceResult};

/// How many deliveries are under way at once.
const PARALLEL: usize = 4;

/// What became of the deliveries that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryReport {
    /// Taken by their receivers.
    pub delivered: u64,
    /// Given up.
    pub failed: u64,
    /// Tried in vain; will be tried again.
    pub retried: u64,
}

/// Posts every delivery that is due, up to four at a time, and one at a time to each webhook.
///
/// # Permissions
/// None: this is the installation's own work.
///
/// # Errors
/// When the database fails.
pub async fn deliver_due(portico: &Arc<Portico>) -> ServiceResult<DeliveryReport> {
    let (_never_stops, stop) = watch::channel(false);
    deliver_until(portico, &stop).await
}

/// The same, beginning nothing more once `stop` is true.
pub(super) async fn deliver_until(
    portico: &Arc<Portico>,
    stop: &watch::Receiver<bool>,
) -> ServiceResult<DeliveryReport> {
    let mut report = DeliveryReport::default();
    let mut under_way = JoinSet::new();
    loop {
        let may_begin = under_way.len() < PARALLEL && !*stop.borrow();
        let next = if may_begin { lease::claim(&portico.db, portico.clock.now()).await? } else { None };
        if let Some(leased) = next {
            let portico = Arc::clone(portico);
            under_way.spawn(async move { attempt(&portico, &leased).await });
            continue;
        }
        // What is written meanwhile, perhaps for a quicker receiver, need not wait.
        let ended = tokio::select! {
            ended = under_way.join_next() => ended,
            () = portico.webhook_bell.notified(), if may_begin && !under_way.is_empty() => continue,
        };
        let Some(ended) = ended else { return Ok(report) };
        match ended.map_err(ServiceError::internal)??.0 {
            Outcome::Delivered => report.delivered += 1,
            Outcome::Retried => report.retried += 1,
            Outcome::GivenUp => report.failed += 1,
        }
    }
}

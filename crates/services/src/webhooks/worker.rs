use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, time::sleep};

use super::{deliver::deliver_until, lease};
use crate::Portico;

/// Longest wait before the queue is looked at again: other instances write to it, and leases lapse.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Posts deliveries as they are written or fall due, until `stop` becomes true or its sender is dropped; those under way
/// are finished first. Any number of instances may run one.
///
/// # Permissions
/// None: this is the installation's own work.
pub async fn run_worker(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match deliver_until(&portico, &stop).await {
            Ok(_) => until_next(&portico).await,
            Err(error) => {
                tracing::error!(event = "webhook.queue_unreadable", %error);
                LONGEST_WAIT
            }
        };
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            () = portico.webhook_bell.notified() => {}
            () = sleep(wait) => {}
        }
    }
}

async fn until_next(portico: &Portico) -> Duration {
    let now = portico.clock.now();
    match lease::next_due(&portico.db, now).await {
        Ok(Some(due)) => Duration::try_from(due.since(now)).unwrap_or_default().min(LONGEST_WAIT),
        Ok(None) | Err(_) => LONGEST_WAIT,
    }
}

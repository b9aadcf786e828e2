use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::{MailTransport, back_off, courier::Courier, lease};
use crate::Portico;

/// Longest wait before the queue is looked at again: other instances write to it, and leases lapse.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long mails under way may take once the worker is to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Sends mails as they are written or fall due, until `stop` becomes true or its sender is dropped; then
/// finishes those under way, for at most ten seconds. Any number of instances may run one.
///
/// While the mail server is away it tries a handful of mails every half minute at most, and sends all that
/// waited, oldest first, once it is back.
///
/// # Permissions
/// None: this is the installation's own work.
pub async fn run_worker(portico: Arc<Portico>, transport: MailTransport, mut stop: watch::Receiver<bool>) {
    let mut courier = Courier::new(Arc::clone(&portico), transport);
    // Tries in a row that found the server, or the database, away.
    let mut in_vain = 0;
    let mut sent = 0;
    loop {
        let handed_out = courier.hand_out(&mut stop).await;
        if let Err(error) = &handed_out {
            tracing::error!(event = "mail.queue_unreadable", %error);
        }
        let sent_now = courier.report().sent;
        let is_stuck = handed_out.is_err() || courier.is_away();
        in_vain = if !is_stuck || sent_now > sent { 0 } else { in_vain + 1 };
        sent = sent_now;
        let wait = async {
            if is_stuck {
                sleep(pause_after(in_vain)).await;
            } else if !wait_for_mail(&portico, &courier).await {
                courier.rest().await;
            }
        };
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => break,
            () = wait => {}
        }
    }
    if timeout(GRACE, courier.finish()).await.is_err() {
        tracing::warn!(event = "mail.stopped_midway", "mails under way will be sent again after the restart");
    }
}

fn pause_after(in_vain: i32) -> Duration {
    Duration::try_from(back_off::pause(in_vain.max(1), back_off::AWAY)).unwrap_or(LONGEST_WAIT)
}

/// Waits until a mail was written here or came back unsent: then it is true; or until one falls due, thirty
/// seconds at most.
async fn wait_for_mail(portico: &Portico, courier: &Courier) -> bool {
    let now = portico.clock.now();
    let wait = match lease::next_due(&portico.db, now).await {
        Ok(Some(due)) => Duration::try_from(due.since(now)).unwrap_or_default().min(LONGEST_WAIT),
        Ok(None) | Err(_) => LONGEST_WAIT,
    };
    tokio::select! {
        () = portico.mail_bell.notified() => true,
        () = courier.came_back() => true,
        () = sleep(wait) => false,
    }
}

//! What runs beside the requests.

use std::{sync::Arc, time::Duration};

use services::{Portico, api, auth, documents, import, mail, payments, settings, webhooks};
use tokio::{sync::watch, task::JoinHandle, time};

/// Between two sweeps of what nobody can use any more.
const SWEEP: Duration = Duration::from_secs(15 * 60);

/// Between two looks at what another instance may have set.
const REFRESH: Duration = Duration::from_secs(30);

/// Between two looks at payments of which nobody said how they went.
const RECONCILE: Duration = Duration::from_secs(20);

/// Between two looks at what is due: those are days.
const DUE: Duration = Duration::from_secs(5 * 60);

/// Longest wait before it is looked whether another instance left a password reset unanswered.
const RESETS: Duration = Duration::from_secs(30);

/// After the start, before the first payments without asking and before the first sweep: not all at once, so that what runs
/// beside the requests shares a connection.
const FIRST_DUE: Duration = Duration::from_secs(1);
const FIRST_SWEEP: Duration = Duration::from_secs(3);

/// Before what could not be written is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// Password resets are answered up to so many milliseconds after they were asked for, by chance: whoever measures
/// how long their next request takes learns nothing of what the answer to the one before had to do.
const RESET_DELAY: u64 = 2_000;

/// Starts the workers; each ends soon after `stop` turns true.
pub(crate) fn start(
    portico: &Arc<Portico>,
    transport: mail::MailTransport,
    stop: &watch::Receiver<bool>,
) -> Vec<JoinHandle<()>> {
    let courier = tokio::spawn(mail::run_worker(Arc::clone(portico), transport, stop.clone()));
    let postman = tokio::spawn(webhooks::run_worker(Arc::clone(portico), stop.clone()));
    let sweeper = tokio::spawn(sweep(Arc::clone(portico), stop.clone()));
    let refresher = tokio::spawn(refresh(Arc::clone(portico), stop.clone()));
    let resetter = tokio::spawn(answer_resets(Arc::clone(portico), stop.clone()));
    let viewers = tokio::spawn(write_first_views(Arc::clone(portico), stop.clone()));
    let reconciler = tokio::spawn(reconcile(Arc::clone(portico), stop.clone()));
    let collector = tokio::spawn(pay_and_remind(Arc::clone(portico), stop.clone()));
    vec![courier, postman, sweeper, refresher, resetter, viewers, reconciler, collector]
}

/// Waits, unless it is time to stop meanwhile.
async fn is_stopped_within(stop: &mut watch::Receiver<bool>, wait: Duration) -> bool {
    tokio::select! {
        () = time::sleep(wait) => false,
        _ = stop.wait_for(|stopped| *stopped) => true,
    }
}

async fn sweep(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    if is_stopped_within(&mut stop, FIRST_SWEEP).await {
        return;
    }
    loop {
        if let Err(error) = api::sweep_answers(&portico.system("sweeper")).await {
            tracing::warn!(%error, "sweep of answers");
        }
        if let Err(error) = import::sweep_sheets(&portico.system("sweeper")).await {
            tracing::warn!(%error, "sweep of spreadsheets");
        }
        if let Err(error) = webhooks::sweep_deliveries(&portico).await {
            tracing::warn!(%error, "sweep of webhooks");
        }
        if let Err(error) = auth::sweep(&portico).await {
            tracing::warn!(%error, "sweep");
        }
        if is_stopped_within(&mut stop, SWEEP).await {
            return;
        }
    }
}

/// Asks how payments went of which nobody said.
async fn reconcile(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = payments::reconcile(&portico).await {
            tracing::error!(event = "payments.not_reconciled", %error);
        }
        if is_stopped_within(&mut stop, RECONCILE).await {
            return;
        }
    }
}

/// Makes the payments that are made without asking, and reminds of what is due.
async fn pay_and_remind(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    if is_stopped_within(&mut stop, FIRST_DUE).await {
        return;
    }
    loop {
        if let Err(error) = payments::charge_due(&portico).await {
            tracing::error!(event = "payments.automatic_failed", %error);
        }
        if let Err(error) = payments::send_reminders(&portico).await {
            tracing::error!(event = "payments.not_reminded", %error);
        }
        if is_stopped_within(&mut stop, DUE).await {
            return;
        }
    }
}

async fn answer_resets(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = auth::answer_resets(&portico).await {
            tracing::error!(event = "reset.queue_unreadable", %error);
        }
        let asked = async {
            time::timeout(RESETS, portico.reset_bell.notified()).await.ok();
            time::sleep(Duration::from_millis(services::up_to(RESET_DELAY))).await;
        };
        tokio::select! {
            () = asked => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Ends with a last look, so that a stop loses nothing.
async fn write_first_views(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    loop {
        let is_stopped = tokio::select! {
            () = portico.first_views.bell.notified() => false,
            _ = stop.wait_for(|stopped| *stopped) => true,
        };
        if let Err(error) = documents::write_first_views(&portico).await {
            tracing::warn!(%error, "first views of documents were not written");
            time::sleep(RETRY).await;
            portico.first_views.bell.notify_one();
        }
        if is_stopped {
            return;
        }
    }
}

async fn refresh(portico: Arc<Portico>, mut stop: watch::Receiver<bool>) {
    loop {
        if is_stopped_within(&mut stop, REFRESH).await {
            return;
        }
        if let Err(error) = settings::refresh(&portico).await {
            tracing::warn!(%error, "the settings could not be read again");
        }
    }
}

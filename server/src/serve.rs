//! `portico serve` from start to stop.

use std::{future::Future, sync::Arc};

use anyhow::{Context, anyhow};
use services::{Clock, Db, Portico, PorticoConfig, auth, import, mail, settings};
use tokio::{net::TcpListener, signal, sync::watch};

use crate::{
    config::Config,
    listening::listen,
    lock,
    posting::Posting,
    printing::Printing,
    router::{AppState, router},
    secret_key,
    stripe::Stripe,
    workers,
};

/// Opens the installation: its database is brought up to date first.
pub(crate) async fn open(config: &Config) -> anyhow::Result<Arc<Portico>> {
    let lock = lock::take(&config.data_dir)?;
    let url = config.database_url();
    let db =
        Db::connect(&url).await.context("cannot open the database; check DATABASE_URL / database_url")?;
    db.migrate().await.context("cannot bring the database up to date")?;
    let secret_key =
        secret_key::load(&config.secret_key_file()).context("PORTICO_SECRET_KEY_FILE / secret_key_file")?;
    drop(lock);
    let files = config.files().context("PORTICO_FILES / files")?;
    let portico = Portico::new(
        db,
        Clock::system(),
        PorticoConfig {
            public_url: config.public_url(),
            business: config.business.name.clone(),
            support_email: config.business.support_email.clone(),
            mail_from: config.mail_from(),
            secret_key,
            files,
            api_rate: config.api_rate,
        },
    );
    portico.set_printer(Printing::new(Some(&config.data_dir)));
    if let Some(stripe) = Stripe::new(&config.stripe)? {
        portico.set_card_provider(stripe);
    }
    portico.set_postman(Posting::new(&config.public_url(), &config.webhook_hosts)?);
    settings::seed_groups(&portico.system("start")).await.map_err(|error| anyhow!("{error}"))?;
    settings::refresh(&portico).await.map_err(|error| anyhow!("{error}"))?;
    Ok(portico)
}

/// Serves until the process is told to stop.
#[allow(clippy::print_stdout, reason = "the set-up link is for whoever started the server, not for the log")]
pub(crate) async fn serve(config: &Config, portico: Arc<Portico>) -> anyhow::Result<()> {
    let transport = mail::MailTransport::parse(&config.mail())
        .map_err(|error| anyhow!("PORTICO_MAIL / mail: {error}"))?;
    let listener =
        TcpListener::bind(config.addr).await.with_context(|| format!("cannot listen on {}", config.addr))?;
    let system = portico.system("start");
    import::sweep_imports(&system).await.map_err(|error| anyhow!("{error}"))?;
    if let Some(link) = auth::offer_set_up_link(&system).await.map_err(|error| anyhow!("{error}"))? {
        println!(
            "There is no administrator yet. Open this link once, within seven days, to make the first:\n{link}"
        );
    }
    let (stop, stopped) = watch::channel(false);
    let workers = workers::start(&portico, transport, &stopped);
    let live_reload = std::env::var_os("PORTICO_LIVE_RELOAD").is_some();
    let state = AppState::new(Arc::clone(&portico), live_reload)
        .with_stripe_webhook(config.stripe.webhook_secret.clone());
    let readiness = state.readiness.clone();
    let router = router(state, config.trusted_proxies.as_slice().into());
    tracing::info!(addr = %config.addr, public_url = portico.config.public_url, "serving");
    let serving = tokio::spawn(listen(listener, router, config.max_connections, stopped));
    asked_to_stop()?.await;
    tracing::info!("stopping");
    readiness.stop();
    stop.send(true).ok();
    serving.await.context("the server broke off")?;
    for worker in workers {
        worker.await.context("a worker broke off")?;
    }
    portico.db.clone().close().await.context("the database did not close cleanly")?;
    Ok(())
}

/// Ends on SIGTERM and on SIGINT.
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    let mut interrupt = signal::unix::signal(signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

//! Our own accept loop: `axum::serve` neither limits connections nor times slow headers out.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    time,
};
use tower::Layer;

/// A request's head has to arrive within this time, also the first one of a connection.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// How long running answers may take once the server stops.
const DRAIN: Duration = Duration::from_secs(30);

/// Serves until `stop` turns true, then lets running answers finish.
pub async fn listen(
    listener: TcpListener,
    router: Router,
    max_connections: usize,
    mut stop: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(max_connections));
    let graceful = GracefulShutdown::new();
    loop {
        // Waiting for a place before accepting leaves further clients in the kernel's queue.
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            _ = stop.wait_for(|stopped| *stopped) => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stopped| *stopped) => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = connection(stream, peer, &router);
                let connection = graceful.watch(connection);
                tokio::spawn(async move {
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "connection");
                    }
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file handles, most likely: a moment's rest beats a busy loop.
                tracing::warn!(%error, "accept");
                time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    if time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some answers took too long and were cut off");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: &Router,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<ServiceOf>> {
    // Without it a page that is written in parts waits 40 ms for the client's delayed ACK.
    stream.set_nodelay(true).ok();
    let service = Extension(ConnectInfo(peer)).layer(router.clone());
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
}

type ServiceOf = <Extension<ConnectInfo<SocketAddr>> as Layer<Router>>::Service;

//! The accept loop over real sockets.

use std::time::Duration;

use server::listening::listen;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::timeout,
};

use crate::support::Site;

async fn serve(
    max_connections: usize,
) -> (std::net::SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>, Site) {
    let site = Site::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let addr = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(listen(listener, site.router.clone(), max_connections, stopped));
    (addr, stop, serving, site)
}

async fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("writes");
    let mut buffer = vec![0; 4096];
    let read = stream.read(&mut buffer).await.expect("reads");
    String::from_utf8_lossy(&buffer[..read]).into_owned()
}

#[tokio::test]
async fn answers_and_stops_gracefully() {
    let (addr, stop, serving, _site) = serve(16).await;
    let mut stream = TcpStream::connect(addr).await.expect("connects");
    assert!(ask(&mut stream).await.starts_with("HTTP/1.1 200"));
    stop.send(true).expect("tells");
    timeout(Duration::from_secs(5), serving).await.expect("stops soon").expect("cleanly");
    assert!(TcpStream::connect(addr).await.is_err());
}

#[tokio::test]
async fn no_more_connections_than_allowed_are_served_at_once() {
    let (addr, _stop, _serving, _site) = serve(1).await;
    let mut first = TcpStream::connect(addr).await.expect("connects");
    assert!(ask(&mut first).await.starts_with("HTTP/1.1 200"));
    let mut second = TcpStream::connect(addr).await.expect("waits in the kernel's queue");
    assert!(timeout(Duration::from_millis(300), ask(&mut second)).await.is_err());
    drop(first);
    let mut buffer = vec![0; 4096];
    let read = timeout(Duration::from_secs(5), second.read(&mut buffer)).await.expect("is served now");
    assert!(read.is_ok_and(|read| read > 0));
}

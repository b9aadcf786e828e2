//! The limit: axum alone, serving the same bytes.

use std::path::Path;

use anyhow::Result;
use axum::{Router, response::Html, routing::get, serve::ListenerExt};
use tokio::net::TcpListener;

/// Serves a file at every address, until killed.
pub(crate) async fn serve(file: &Path, port: u16) -> Result<()> {
    let page: &'static str = std::fs::read_to_string(file)?.leak();
    let router = Router::new().fallback(get(move || async move { Html(page) }));
    let listener = TcpListener::bind(("127.0.0.1", port)).await?.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    Ok(axum::serve(listener, router).await?)
}

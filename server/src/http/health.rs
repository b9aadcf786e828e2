use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::router::AppState;

/// Whether the server takes new work.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// From now on the server tells load balancers to look elsewhere.
    pub fn stop(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_stopping(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// `GET /readyz`: 200 while the database takes writes and the server is not stopping. Says nothing more.
pub(crate) async fn readyz(State(state): State<AppState>) -> Response {
    if state.readiness.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping").into_response();
    }
    match state.portico.db.probe_write().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}

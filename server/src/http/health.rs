use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use tokio::sync::watch;

use crate::router::AppState;

/// Whether the server takes new work.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<watch::Sender<bool>>);

impl Readiness {
    /// From now on the server tells load balancers to look elsewhere.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }

    fn is_stopping(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the server stops.
    pub(crate) async fn stopped(self) {
        self.0.subscribe().wait_for(|stopped| *stopped).await.ok();
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

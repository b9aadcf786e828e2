use std::time::Instant;

use axum::{extract::Request, http::HeaderValue, middleware::Next, response::Response};

use crate::session_store::REQUEST_ID;

/// Gives every request an id, which its answer and its lines in the log carry, and logs one line when it is
/// answered. A client's own id is not taken over: it could be anything.
pub(crate) async fn log_request(mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = services::mint_request_id();
    let method = request.method().clone();
    let path = without_secret(request.uri().path());
    if let Ok(value) = HeaderValue::from_str(&id) {
        request.headers_mut().insert(REQUEST_ID, value);
    }
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(request_id = id, %method, path, status, milliseconds, "request");
    response
}

/// The path without the secret of a link, and never with the query.
fn without_secret(path: &str) -> String {
    let secret = ["/accept/", "/setup/", "/reset/", "/link/", "/share/", "/confirm/"];
    secret
        .iter()
        .find(|prefix| path.starts_with(**prefix))
        .map_or_else(|| path.to_owned(), |prefix| format!("{prefix}…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_do_not_reach_the_log() {
        assert_eq!(without_secret("/accept/abc"), "/accept/…");
        assert_eq!(without_secret("/setup/abc"), "/setup/…");
        assert_eq!(without_secret("/confirm/abc"), "/confirm/…");
        assert_eq!(without_secret("/share/abc"), "/share/…");
        assert_eq!(without_secret("/my/invoices"), "/my/invoices");
    }
}

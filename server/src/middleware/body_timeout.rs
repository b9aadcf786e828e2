use std::time::Duration;

use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use tower_http::timeout::TimeoutBody;

/// Between two parts of a request's body.
const PAUSE: Duration = Duration::from_secs(15);

/// Gives up on clients that send a body a byte at a time.
pub(crate) async fn limit_body_time(request: Request, next: Next) -> Response {
    next.run(request.map(|body| Body::new(TimeoutBody::new(PAUSE, body)))).await
}

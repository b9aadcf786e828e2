use axum::{
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::CsrfLayer;

/// Refuses state-changing requests that a browser sent on another site's behalf. The public address is
/// trusted by name, since a proxy may rewrite `Host`.
pub(crate) fn csrf_layer(public_url: &str) -> CsrfLayer {
    CsrfLayer::new().add_trusted_origin(public_url).unwrap_or_else(|error| {
        tracing::warn!(%error, public_url, "the public address is no origin; only same-origin requests pass");
        CsrfLayer::new()
    })
}

/// Refuses state-changing requests that carry a cookie and no proof of where they come from: every browser
/// that we support sends `Sec-Fetch-Site` or `Origin`.
pub(crate) async fn refuse_unproven(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let is_proven = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    if !is_safe && !is_proven && headers.contains_key(header::COOKIE) {
        return (StatusCode::FORBIDDEN, "This request did not say where it comes from.").into_response();
    }
    next.run(request).await
}

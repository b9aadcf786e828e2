use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::settings::Accent;
use services::settings;

use crate::router::AppState;

/// What the address names never changes.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /brand/{file}`: a logo by its hash, or `3457d5.css`, the sheet that sets a colour.
pub(crate) async fn brand(State(state): State<AppState>, Path(file): Path<String>) -> Response {
    if let Some(colour) = file.strip_suffix(".css") {
        return match Accent::parse(colour).ok().filter(|accent| accent.to_string().get(1..) == Some(colour)) {
            Some(accent) => sheet(accent),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    match settings::get_logo(&state.portico, &file).await {
        Ok(Some(logo)) => {
            let media = HeaderValue::from_str(&logo.media)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, FOR_GOOD)];
            (headers, logo.content.clone()).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a logo could not be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn sheet(accent: Accent) -> Response {
    let media = HeaderValue::from_static("text/css; charset=utf-8");
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, FOR_GOOD)];
    (headers, format!(":root{{--accent:{accent}}}")).into_response()
}

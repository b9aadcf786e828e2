use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    documents::DocumentKind,
    ids::{DocumentId, MessageId},
};
use services::{
    Cx, ServiceError, ServiceResult,
    documents::messages::{self, AttachedFile},
};

use super::{error_page, not_found_at, paper::disposition};
use crate::router::AppState;

/// Whatever it is, it is saved and never shown within our pages' origin; should a browser show it all the same, it is
/// nobody there: no script, no form, no cookie.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

/// `GET /my/{kind}/{id}/messages/{message}/{place}`: a file that was sent along with a message.
pub(crate) async fn attachment(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id, message, place)): Path<(String, String, String, String)>,
    parts: Parts,
) -> Response {
    let result = match (DocumentKind::from_plural(&kind), id.parse(), message.parse(), place.parse()) {
        (Some(kind), Ok(id), Ok(message), Ok(place)) => {
            messages::get_attachment(&cx, kind, id, message, place).await
        }
        _ => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result).await
}

/// `GET /staff/documents/{id}/messages/{message}/{place}`: the same for staff, of notes too.
pub(crate) async fn staff_attachment(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((id, message, place)): Path<(String, String, String)>,
    parts: Parts,
) -> Response {
    let result = match (id.parse::<DocumentId>(), message.parse::<MessageId>(), place.parse()) {
        (Ok(id), Ok(message), Ok(place)) => messages::get_staff_attachment(&cx, id, message, place).await,
        _ => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result).await
}

async fn answer(state: &AppState, cx: &Cx, parts: Parts, result: ServiceResult<AttachedFile>) -> Response {
    match result {
        Ok(file) => {
            let media = HeaderValue::from_str(&file.media)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let headers = [
                (header::CONTENT_TYPE, media),
                (header::CONTENT_DISPOSITION, disposition(&file.name, true)),
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::CONTENT_LENGTH, HeaderValue::from(file.content.length)),
            ];
            (headers, Body::from_stream(file.content.parts)).into_response()
        }
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

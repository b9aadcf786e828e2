use axum::{
    Extension,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use services::{Cx, api};

use super::{
    answer::{Answer, problem},
    documents::kind_of,
};
use crate::http::disposition;

/// `GET /api/v1/documents/{kind}/{external_id}/file`.
pub(super) async fn read(Extension(cx): Extension<Cx>, Path((kind, id)): Path<(String, String)>) -> Response {
    let kind = match kind_of(&kind) {
        Ok(kind) => kind,
        Err(response) => return response,
    };
    match api::get_file(&cx, kind, &id).await {
        Ok(file) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
                (header::CONTENT_DISPOSITION, disposition(&file.name, true)),
            ];
            (headers, file.bytes).into_response()
        }
        Err(error) => Answer::of_error(&cx, error).into_response(),
    }
}

/// `PUT /api/v1/documents/{kind}/{external_id}/file`: the body is the PDF.
pub(super) async fn save(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = match kind_of(&kind) {
        Ok(kind) => kind,
        Err(response) => return response,
    };
    let is_pdf = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    if !is_pdf {
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Send a PDF: Content-Type: application/pdf.");
    }
    match api::put_file(&cx, kind, &id, body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => Answer::of_error(&cx, error).into_response(),
    }
}

use axum::{
    Extension,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use services::{Cx, api};

use super::{answer::Answer, documents::kind_of};
use crate::http::disposition;

/// `GET /api/v1/documents/{kind}/{external_id}/file`.
pub(super) async fn read(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Response, Answer> {
    let file = api::get_file(&cx, kind_of(&kind)?, &id).await;
    let file = file.map_err(|error| Answer::of_error(&cx, error))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, disposition(&file.name, true)),
    ];
    Ok((headers, file.bytes).into_response())
}

/// `PUT /api/v1/documents/{kind}/{external_id}/file`: the body is the PDF.
pub(super) async fn save(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Answer> {
    let kind = kind_of(&kind)?;
    let is_pdf = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf");
    if !is_pdf {
        let told = "Send a PDF: Content-Type: application/pdf.";
        return Err(Answer::problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, told));
    }
    let saved = api::put_file(&cx, kind, &id, body).await;
    saved.map(|()| StatusCode::NO_CONTENT).map_err(|error| Answer::of_error(&cx, error))
}

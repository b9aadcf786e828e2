use axum::{
    Extension,
    extract::{Path, Query},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};
use bytes::Bytes;
use domain::documents::DocumentKind;
use serde_json::{Map, Value};
use services::{Cx, api};

use super::{
    answer::Answer,
    contacts::{Paging, each, no_object, result, saved, told},
    repeat::{Sent, once},
};

/// The kind of a word such as `invoices`.
///
/// # Errors
/// The answer that there is no such kind.
pub(super) fn kind_of(word: &str) -> Result<DocumentKind, Answer> {
    DocumentKind::from_plural(word).ok_or_else(|| {
        let kinds = DocumentKind::ALL.map(DocumentKind::plural).join(", ");
        let told = format!("There is no such kind of document. There are: {kinds}.");
        Answer::problem(StatusCode::NOT_FOUND, &told)
    })
}

/// `GET /api/v1/documents/{kind}`.
pub(super) async fn list(
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Answer, Answer> {
    let kind = kind_of(&kind)?;
    let (after, limit) = paging.read()?;
    told(&cx, api::list_documents(&cx, kind, after, limit).await)
}

/// `GET /api/v1/documents/{kind}/{external_id}`.
pub(super) async fn read(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Answer, Answer> {
    told(&cx, api::get_document(&cx, kind_of(&kind)?, &id).await)
}

/// `PUT /api/v1/documents/{kind}/{external_id}`.
pub(super) async fn save(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Answer> {
    let kind = kind_of(&kind)?;
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    let response = once(cx, sent, async |value| match value {
        Value::Object(fields) => saved(cx, &id, api::save_document(cx, kind, &id, &fields).await),
        _ => no_object(),
    })
    .await;
    Ok(response)
}

/// `POST /api/v1/documents/{kind}/bulk`.
pub(super) async fn save_many(
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Answer> {
    let kind = kind_of(&kind)?;
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    let save = |id: String, fields: Map<String, Value>| async move {
        let answer = saved(cx, &id, api::save_document(cx, kind, &id, &fields).await);
        result(answer, &id)
    };
    let response = once(cx, sent, |value| each(value, save)).await;
    Ok(response)
}

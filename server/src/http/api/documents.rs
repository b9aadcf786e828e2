use axum::{
    Extension,
    extract::{Path, Query},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::Response,
};
use bytes::Bytes;
use domain::documents::DocumentKind;
use serde_json::{Value, json};
use services::{Cx, api};

use super::{
    answer::{Answer, problem},
    contacts::{Paging, items, no_object, result, saved, told},
    repeat::{Sent, once},
};

/// The kind of a word such as `invoices`.
///
/// # Errors
/// The answer that there is no such kind.
pub(super) fn kind_of(word: &str) -> Result<DocumentKind, Response> {
    DocumentKind::from_plural(word).ok_or_else(|| {
        let kinds = DocumentKind::ALL.map(DocumentKind::plural).join(", ");
        problem(StatusCode::NOT_FOUND, &format!("There is no such kind of document. There are: {kinds}."))
    })
}

/// `GET /api/v1/documents/{kind}`.
pub(super) async fn list(
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    Query(paging): Query<Paging>,
) -> Response {
    let asked = kind_of(&kind).and_then(|kind| Ok((kind, paging.read()?)));
    let (kind, (after, limit)) = match asked {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    told(&cx, api::list_documents(&cx, kind, after, limit).await)
}

/// `GET /api/v1/documents/{kind}/{external_id}`.
pub(super) async fn read(Extension(cx): Extension<Cx>, Path((kind, id)): Path<(String, String)>) -> Response {
    match kind_of(&kind) {
        Ok(kind) => told(&cx, api::get_document(&cx, kind, &id).await),
        Err(response) => response,
    }
}

/// `PUT /api/v1/documents/{kind}/{external_id}`.
pub(super) async fn save(
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = match kind_of(&kind) {
        Ok(kind) => kind,
        Err(response) => return response,
    };
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    once(cx, sent, async |value| match value {
        Value::Object(fields) => saved(cx, &id, api::save_document(cx, kind, &id, &fields).await),
        _ => no_object(),
    })
    .await
}

/// `POST /api/v1/documents/{kind}/bulk`.
pub(super) async fn save_many(
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let kind = match kind_of(&kind) {
        Ok(kind) => kind,
        Err(response) => return response,
    };
    let cx = &cx;
    let sent = Sent { method, uri, headers, body };
    once(cx, sent, async |value| {
        let items = match items(value) {
            Ok(items) => items,
            Err(answer) => return answer,
        };
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            let (id, fields) = match item {
                Ok(item) => item,
                Err(answer) => {
                    results.push(answer.body);
                    continue;
                }
            };
            let saving = api::save_document(cx, kind, &id, &fields).await;
            results.push(result(saved(cx, &id, saving), &id));
        }
        Answer::ok(json!({ "results": results }))
    })
    .await
}

use std::collections::HashMap;

use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::documents::{DocumentFilter, DocumentKind, DocumentRequest};
use futures::stream;
use services::{Cx, ServiceError, documents};

use super::not_found_at;
use crate::router::AppState;

/// `GET /my/documents.csv?kind=invoices`: the documents that a list's filter leaves, of any number; they are read and sent
/// in parts.
pub(crate) async fn list_csv(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<HashMap<String, String>>,
    parts: Parts,
) -> Response {
    let Some(kind) = query.get("kind").and_then(|kind| DocumentKind::from_plural(kind)) else {
        return not_found_at(&state, parts).await;
    };
    let (filter, page) = DocumentFilter::from_query(kind, |name| query.get(name).cloned());
    let request = DocumentRequest { kind, filter, page };
    let Ok(export) = documents::begin_list_export(&cx, &request).await else {
        return not_found_at(&state, parts).await;
    };
    let rest = stream::try_unfold((cx, export), |(cx, export)| async move {
        let part = documents::export_list(&cx, export).await.inspect_err(|error| {
            tracing::error!(%error, request_id = cx.origin().request_id, "an export broke off");
        })?;
        Ok::<_, ServiceError>(part.map(|(bytes, export)| (bytes, (cx, export))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", kind.plural())),
    ];
    (headers, Body::from_stream(rest)).into_response()
}

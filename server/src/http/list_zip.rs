use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{
    documents::{DocumentFilter, DocumentKind, DocumentRequest},
    ids::DocumentId,
};
use futures::stream;
use services::{Cx, ServiceError, documents};

use super::{error_page, not_found_at};
use crate::router::AppState;

/// `GET /my/documents.zip?kind=invoices`: the PDFs of the documents that a list's filter leaves, or of those that are ticked
/// (`&tick=` and a key, as often as needed), printed and sent one after the other.
pub(crate) async fn list_zip(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<Vec<(String, String)>>,
    mut parts: Parts,
) -> Response {
    let value = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let Some(kind) = value("kind").and_then(|kind| DocumentKind::from_plural(&kind)) else {
        return not_found_at(&state, parts).await;
    };
    let ticks = query.iter().filter(|(key, _)| key == "tick").map(|(_, id)| id.parse::<DocumentId>());
    let Ok(ticked) = ticks.collect::<Result<Vec<_>, _>>() else {
        return not_found_at(&state, parts).await;
    };
    let (filter, page) = DocumentFilter::from_query(kind, value);
    let request = DocumentRequest { kind, filter, page };
    let export = match documents::begin_paper_export(&cx, &request, &ticked).await {
        Ok(export) => export,
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => {
            return not_found_at(&state, parts).await;
        }
        Err(error) => {
            let list = format!("/my/{}?{}", kind.plural(), parts.uri.query().unwrap_or_default());
            parts.uri = list.parse().unwrap_or(parts.uri);
            return error_page(&state, &cx, parts, error, Vec::new()).await;
        }
    };
    let rest = stream::try_unfold((cx, export), |(cx, export)| async move {
        let part = documents::export_paper(&cx, export).await.inspect_err(|error| {
            tracing::error!(%error, request_id = cx.origin().request_id, "a ZIP of PDFs broke off");
        })?;
        Ok::<_, ServiceError>(part.map(|(bytes, export)| (bytes, (cx, export))))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", kind.plural())),
    ];
    (headers, Body::from_stream(rest)).into_response()
}

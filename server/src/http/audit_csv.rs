use std::collections::HashMap;

use axum::{
    Extension,
    body::Body,
    extract::{Query, State},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::audit::AuditFilter;
use futures::stream;
use services::{Cx, ServiceError, audit};

use super::not_found_at;
use crate::router::AppState;

/// `GET /staff/audit.csv`: the events that the page's filter leaves, of any number; they are read and sent in
/// parts.
pub(crate) async fn audit_csv(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<HashMap<String, String>>,
    parts: Parts,
) -> Response {
    let filter = AuditFilter::from_query(|name| query.get(name).cloned());
    let Ok(export) = audit::begin_export(&cx, &filter) else { return not_found_at(&state, parts).await };
    let rest = stream::try_unfold((cx, export), |(cx, export)| async move {
        let part = audit::export_events(&cx, export).await.inspect_err(|error| {
            tracing::error!(%error, request_id = cx.origin().request_id, "an export broke off");
        })?;
        Ok::<_, ServiceError>(part.map(|(bytes, export)| (bytes, (cx, export))))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    (headers, Body::from_stream(rest)).into_response()
}

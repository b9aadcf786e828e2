use std::collections::HashMap;

use axum::{
    Extension,
    extract::{Query, State},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::documents::StatementFilter;
use services::{Cx, documents};

use super::not_found_at;
use crate::router::AppState;

/// `GET /my/statement.csv`: the statement of account as a file.
pub(crate) async fn statement_csv(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<HashMap<String, String>>,
    parts: Parts,
) -> Response {
    let filter = StatementFilter::from_query(|name| query.get(name).cloned());
    let Ok(csv) = documents::export_statement(&cx, &filter).await else {
        return not_found_at(&state, parts).await;
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"statement.csv\""),
    ];
    (headers, csv).into_response()
}

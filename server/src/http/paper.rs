use std::collections::HashMap;

use app::server::share_secret_in;
use axum::{
    Extension,
    extract::{Path, Query, RawQuery, State},
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::documents::{DocumentKind, StatementFilter};
use services::{
    Cx, ServiceError,
    documents::{self, PaperFile},
    payments,
};

use super::{error_page, forms::dead_share, not_found_at};
use crate::router::AppState;

/// A PDF in a browser's own viewer: no script, no form, nothing from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);

/// `GET /my/{kind}/{id}/pdf`: a document as a PDF, shown; with `?download`, to be saved.
pub(crate) async fn paper(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    parts: Parts,
) -> Response {
    let wanted = DocumentKind::from_plural(&kind).zip(id.parse().ok());
    let result = match wanted {
        Some((kind, id)) => documents::get_paper(&cx, kind, id).await,
        None => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, query).await
}

/// `GET /staff/documents/{id}/pdf`: the same for staff.
pub(crate) async fn staff_paper(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    parts: Parts,
) -> Response {
    let result = match id.parse() {
        Ok(id) => documents::get_staff_paper(&cx, id).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, query).await
}

/// `GET /shared/{id}/pdf`: the same for whoever has a link to the document.
pub(crate) async fn shared_paper(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    parts: Parts,
) -> Response {
    let secret = share_secret_in(&parts.headers).unwrap_or_default();
    let result = match id.parse() {
        Ok(id) => documents::get_shared_paper(&cx, id, &secret).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    match result {
        Err(ServiceError::NotFound) => dead_share(&state, parts).await,
        result => answer(&state, &cx, parts, result, query).await,
    }
}

/// `GET /my/statement.pdf`: the statement of account as a PDF; with what the page's filter says.
pub(crate) async fn statement_pdf(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(query): Query<HashMap<String, String>>,
    mut parts: Parts,
) -> Response {
    let filter = StatementFilter::from_query(|name| query.get(name).cloned());
    let result = documents::print_statement(&cx, &filter).await;
    if result.is_err() {
        let page = format!("/my/statement?{}", parts.uri.query().unwrap_or_default());
        parts.uri = page.parse().unwrap_or(parts.uri);
    }
    answer(&state, &cx, parts, result, Some("download".to_owned())).await
}

/// `GET /my/payments/{id}/pdf`: the receipt of a payment.
pub(crate) async fn receipt_pdf(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    parts: Parts,
) -> Response {
    let result = match id.parse() {
        Ok(id) => payments::print_receipt(&cx, id).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, query).await
}

async fn answer(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: Result<PaperFile, ServiceError>,
    query: Option<String>,
) -> Response {
    match result {
        Ok(file) => {
            let is_download = !file.is_ours || query.is_some_and(|query| query == "download");
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
                (header::CONTENT_DISPOSITION, disposition(&file.name, is_download)),
                (header::CONTENT_SECURITY_POLICY, POLICY),
            ];
            (headers, file.bytes).into_response()
        }
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

/// How a browser is to take a file, and what to call it: in ASCII, and exactly (RFC 6266).
pub(crate) fn disposition(name: &str, is_download: bool) -> HeaderValue {
    let how = if is_download { "attachment" } else { "inline" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    let exact: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    HeaderValue::from_str(&format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{exact}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_in_ascii_and_exactly() {
        assert_eq!(
            disposition("Angebot-für-1.pdf", true),
            "attachment; filename=\"Angebot-f_r-1.pdf\"; filename*=UTF-8''Angebot-f%C3%BCr-1.pdf"
        );
        assert_eq!(
            disposition("a\"\r\n.pdf", false),
            "inline; filename=\"a___.pdf\"; filename*=UTF-8''a%22%0D%0A.pdf"
        );
    }
}

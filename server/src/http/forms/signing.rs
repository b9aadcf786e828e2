use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::{DocumentKind, SigningForm},
    ids::DocumentId,
};
use services::{Cx, ServiceError, documents};

use super::{Fields, field, values};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /my/{kind}/{id}/sign`.
pub(crate) async fn accept_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let form = SigningForm {
        name: text("name"),
        agreed: text("agreed") == "true",
        strokes: text("strokes"),
        shown: text("shown"),
    };
    let result = match wanted(&kind, &id) {
        Some((kind, id)) => documents::accept_document(&cx, kind, id, &form).await,
        None => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, values(&form)).await
}

/// `POST /my/{kind}/{id}/decline`.
pub(crate) async fn decline_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let reason = field(&fields, "reason").unwrap_or_default();
    let result = match wanted(&kind, &id) {
        Some((kind, id)) => documents::decline_document(&cx, kind, id, &reason).await,
        None => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, vec![("reason".to_owned(), reason)]).await
}

fn wanted(kind: &str, id: &str) -> Option<(DocumentKind, DocumentId)> {
    DocumentKind::from_plural(kind).zip(id.parse().ok())
}

/// Back to the document, which says how it was answered; or the form again.
async fn answer(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: Result<(), ServiceError>,
    typed: Vec<(String, String)>,
) -> Response {
    match result {
        Ok(()) => {
            let document = parts.uri.path().rsplit_once('/').map_or("/my", |(document, _)| document);
            Redirect::to(document).into_response()
        }
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, typed).await,
    }
}

use axum::{
    Extension, Form,
    extract::{Path, Request, State},
    http::{Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use services::{Cx, ServiceError, ServiceResult, documents::messages};

use super::{Fields, field, sent::Sent};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /my/{kind}/{id}/messages`: a message of a customer's.
pub(crate) async fn post_message(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let wanted: Option<(DocumentKind, DocumentId)> = DocumentKind::from_plural(&kind).zip(id.parse().ok());
    let Some((kind, id)) = wanted else { return not_found_at(&state, parts).await };
    // Who may not write here should not make us read what they send.
    if let Err(error) = messages::may_post_message(&cx, kind, id).await {
        return answer(&state, &cx, parts, Err(error), &MessageForm::default()).await;
    }
    let (sent, read) = Sent::read(Request::from_parts(parts.clone(), body), &state).await;
    let form = message_of(&sent);
    let result = match read {
        Ok(()) => messages::post_message(&cx, kind, id, &form, sent.files).await,
        Err(error) => Err(error),
    };
    answer(&state, &cx, parts, result, &form).await
}

/// `POST /staff/documents/{id}/messages`: a message or an internal note of staff.
pub(crate) async fn post_staff_message(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(id) = id.parse::<DocumentId>() else { return not_found_at(&state, parts).await };
    if let Err(error) = messages::may_post_staff_message(&cx, id).await {
        return answer(&state, &cx, parts, Err(error), &MessageForm::default()).await;
    }
    let (sent, read) = Sent::read(Request::from_parts(parts.clone(), body), &state).await;
    let (form, is_internal) = (message_of(&sent), sent.text("as") == "note");
    let result = match read {
        Ok(()) => messages::post_staff_message(&cx, id, is_internal, &form, sent.files).await,
        Err(error) => Err(error),
    };
    answer(&state, &cx, parts, result, &form).await
}

/// `POST /my/{kind}/{id}/follow`.
pub(crate) async fn follow_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let follows = field(&fields, "follow").as_deref() == Some("yes");
    let result = match DocumentKind::from_plural(&kind).zip(id.parse().ok()) {
        Some((kind, id)) => messages::follow_document(&cx, kind, id, follows).await,
        None => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, &MessageForm::default()).await
}

/// `POST /staff/documents/{id}/follow`.
pub(crate) async fn follow_staff_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let follows = field(&fields, "follow").as_deref() == Some("yes");
    let result = match id.parse() {
        Ok(id) => messages::follow_staff_document(&cx, id, follows).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, &MessageForm::default()).await
}

fn message_of(sent: &Sent) -> MessageForm {
    MessageForm { message: sent.text("message"), key: sent.text("key") }
}

/// Back to the conversation; or the document again with what was typed.
async fn answer(
    state: &AppState,
    cx: &Cx,
    mut parts: Parts,
    result: ServiceResult<()>,
    form: &MessageForm,
) -> Response {
    let document = parts.uri.path().rsplit_once('/').map_or("/my", |(document, _)| document);
    let page = match parts.uri.query() {
        Some(query) => format!("{document}?{query}"),
        None => document.to_owned(),
    };
    match result {
        Ok(()) => Redirect::to(&format!("{page}#messages")).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => {
            if let Ok(uri) = page.parse::<Uri>() {
                parts.uri = uri;
            }
            let typed =
                vec![("message".to_owned(), form.message.clone()), ("key".to_owned(), form.key.clone())];
            error_page(state, cx, parts, error, typed).await
        }
    }
}

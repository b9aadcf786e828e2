use axum::{
    Extension, Form,
    extract::{Path, Request, State},
    http::{Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::documents::{DocumentKind, TicketForm};
use services::{Cx, ServiceError, ServiceResult, documents::tickets};

use super::{Fields, field, sent::Sent};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /my/tickets/new`.
pub(crate) async fn create_ticket(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Who may not open one should not make us read what they send.
    if tickets::get_new_ticket(&cx).is_err() {
        return not_found_at(&state, parts).await;
    }
    let (sent, read) = Sent::read(Request::from_parts(parts.clone(), body), &state).await;
    let form = TicketForm {
        subject: sent.text("subject"),
        description: sent.text("description"),
        key: sent.text("key"),
    };
    let result = match read {
        Ok(()) => tickets::create_ticket(&cx, &form, sent.files).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(id) => Redirect::to(&format!("/my/tickets/{id}?done=opened")).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(&state, parts).await,
        Err(error) => {
            let typed = [("subject", form.subject), ("description", form.description), ("key", form.key)];
            let typed = typed.map(|(name, value)| (name.to_owned(), value)).into();
            error_page(&state, &cx, parts, error, typed).await
        }
    }
}

/// `POST /my/{kind}/{id}/state`: closes a ticket, or opens it again.
pub(crate) async fn set_ticket_open(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let result = match (DocumentKind::from_plural(&kind), id.parse()) {
        (Some(DocumentKind::Ticket), Ok(id)) => match is_open(&fields) {
            Ok(is_open) => tickets::set_ticket_open(&cx, id, is_open).await,
            Err(error) => Err(error),
        },
        _ => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result).await
}

/// `POST /staff/documents/{id}/state`.
pub(crate) async fn set_staff_ticket_open(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let result = match id.parse() {
        Ok(id) => match is_open(&fields) {
            Ok(is_open) => tickets::set_staff_ticket_open(&cx, id, is_open).await,
            Err(error) => Err(error),
        },
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result).await
}

/// What is wanted; a form of ours says one or the other.
fn is_open(fields: &Fields) -> ServiceResult<bool> {
    match field(fields, "state").as_deref() {
        Some("open") => Ok(true),
        Some("closed") => Ok(false),
        _ => Err(ServiceError::NotFound),
    }
}

async fn answer(state: &AppState, cx: &Cx, mut parts: Parts, result: ServiceResult<()>) -> Response {
    let document = parts.uri.path().rsplit_once('/').map_or("/my", |(document, _)| document).to_owned();
    match result {
        Ok(()) => Redirect::to(&document).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => {
            if let Ok(uri) = document.parse::<Uri>() {
                parts.uri = uri;
            }
            error_page(state, cx, parts, error, Vec::new()).await
        }
    }
}

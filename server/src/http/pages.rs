use app::{form::FormReply, shell::shell};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, Uri, request::Parts},
    response::Response,
};
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use services::{Cx, ServiceError};

use crate::router::AppState;

/// Renders the page of a request's path; `provide` puts what only the server knows into its context.
pub(crate) async fn page(
    state: &AppState,
    parts: Parts,
    status: StatusCode,
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let site = *state.site;
    let render = render_app_async_with_context(provide, move || shell(site));
    let mut response = render(Request::from_parts(parts, Body::empty())).await;
    if status != StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// Renders a form's page again, with what was wrong and what was typed; secrets excepted.
pub(crate) async fn error_page(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    error: ServiceError,
    values: Vec<(String, String)>,
) -> Response {
    let error = app::server::to_portal_error(cx, error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut reply = FormReply { values, ..FormReply::default() };
    match error {
        app::PortalError::Invalid(errors) => reply.errors = errors,
        app::PortalError::Stale => reply.is_stale = true,
        other => reply.problem = Some(other.to_string()),
    }
    page(state, parts, status, move || provide_context(reply.clone())).await
}

/// The answer to a form of something that does not exist, or not for this person.
pub(crate) async fn not_found_at(state: &AppState, mut parts: Parts) -> Response {
    let is_staff = parts.uri.path().starts_with("/staff");
    parts.uri = Uri::from_static(if is_staff { "/staff/nothing-here" } else { "/nothing-here" });
    page(state, parts, StatusCode::NOT_FOUND, || {}).await
}

/// The page of an address that leads nowhere.
pub(crate) async fn not_found(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _body) = request.into_parts();
    page(&state, parts, StatusCode::NOT_FOUND, || {}).await
}

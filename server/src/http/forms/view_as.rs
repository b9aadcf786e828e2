use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::ContactId;
use serde::Deserialize;
use services::{Cx, ServiceError, view_as};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct View {
    #[serde(default)]
    choice: String,
    #[serde(default)]
    reason: String,
}

/// `POST /staff/contacts/{id}/view-as`.
pub(crate) async fn begin_view(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<View>,
) -> Response {
    let Ok(id) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    match view_as::begin_view(&cx, id, &form.choice, &form.reason).await {
        Ok(()) => Redirect::to("/my").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let values = vec![("choice".to_owned(), form.choice), ("reason".to_owned(), form.reason)];
            error_page(&state, &cx, parts, error, values).await
        }
    }
}

/// `POST /staff/view-as/leave`: on the staff side, since the portal's is read-only then.
pub(crate) async fn leave_view(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    match view_as::leave_view(&cx).await {
        Ok(Some(contact)) => {
            Redirect::to(&format!("/staff/contacts/{contact}?notice=view-left")).into_response()
        }
        Ok(None) => Redirect::to("/staff").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

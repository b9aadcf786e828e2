use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, request::Parts},
    response::Response,
};
use serde::Deserialize;
use services::{
    Cx, ServiceError,
    auth::{self, SetUpForm},
};
use tower_sessions::Session;

use super::{secret_in, start_session};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repetition: String,
}

/// `GET /setup/{token}`: the form, or the same 404 as any address that leads nowhere.
pub(crate) async fn show_set_up(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    match auth::is_set_up_link_live(&cx, &secret_in(&parts)).await {
        Ok(true) => page(&state, parts, StatusCode::OK, || {}).await,
        Ok(false) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /setup/{token}`.
pub(crate) async fn complete_set_up(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let form = SetUpForm {
        name: typed.name,
        email: typed.email,
        password: typed.password,
        repetition: typed.repetition,
    };
    match auth::complete_set_up(&cx, &secret_in(&parts), &form).await {
        Ok(signed_in) => start_session(&session, signed_in, None).await,
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let values = vec![("name".to_owned(), form.name), ("email".to_owned(), form.email)];
            error_page(&state, &cx, parts, error, values).await
        }
    }
}

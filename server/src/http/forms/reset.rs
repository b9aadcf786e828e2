use app::{features::auth::ResetContext, form::FormReply};
use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{Cx, ServiceError, auth};

use super::secret_in;
use crate::{
    http::{error_page, page},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    repetition: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    email: String,
}

/// `POST /reset`: one answer to everybody.
pub(crate) async fn request_reset(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(asked): Form<Asked>,
) -> Response {
    match auth::request_reset(&cx.signed_out(), &asked.email).await {
        Ok(()) => Redirect::to("/reset?notice=asked").into_response(),
        Err(error) => error_page(&state, &cx, parts, error, vec![("email".to_owned(), asked.email)]).await,
    }
}

/// `GET /reset/{token}`: shows whom the link is for, and changes nothing.
pub(crate) async fn show_reset(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    reset_page(&state, &cx, parts, StatusCode::OK, FormReply::default()).await
}

/// `POST /reset/{token}`: spends the link. Nobody is signed in by it.
pub(crate) async fn reset_password(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let secret = secret_in(&parts);
    match auth::reset_password(&cx, &secret, &typed.password, &typed.repetition).await {
        Ok(()) => Redirect::to("/login?notice=password-set").into_response(),
        Err(ServiceError::Invalid(errors)) => {
            let reply = FormReply { errors, ..FormReply::default() };
            reset_page(&state, &cx, parts, StatusCode::UNPROCESSABLE_ENTITY, reply).await
        }
        Err(ServiceError::NotFound) => {
            reset_page(&state, &cx, parts, StatusCode::NOT_FOUND, FormReply::default()).await
        }
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

async fn reset_page(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    status: StatusCode,
    reply: FormReply,
) -> Response {
    let whom = match auth::view_reset(cx, &secret_in(&parts)).await {
        Ok(whom) => whom,
        Err(error) => return error_page(state, cx, parts, error, Vec::new()).await,
    };
    let Some(whom) = whom else { return page(state, parts, StatusCode::NOT_FOUND, || {}).await };
    let context = ResetContext {
        name: whom.name,
        login: whom.login,
        new_staff: whom.new_staff.map(domain::access::StaffRole::label),
    };
    let provide = move || {
        provide_context(context.clone());
        provide_context(reply.clone());
    };
    page(state, parts, status, provide).await
}

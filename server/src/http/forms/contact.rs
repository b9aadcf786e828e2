use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{contacts::ContactForm, ids::ContactId};
use serde::Deserialize;
use services::{Cx, ServiceError, contacts};

use super::values;
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Archive {
    #[serde(default)]
    restore: bool,
}

/// `POST /staff/contacts/new`.
pub(crate) async fn create_contact(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(form): Form<ContactForm>,
) -> Response {
    save(&state, &cx, None, parts, form).await
}

/// `POST /staff/contacts/{id}/edit`.
pub(crate) async fn change_contact(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<ContactForm>,
) -> Response {
    match id.parse() {
        Ok(id) => save(&state, &cx, Some(id), parts, form).await,
        Err(_not_a_key) => not_found_at(&state, parts).await,
    }
}

/// `POST /staff/contacts/{id}/archive`.
pub(crate) async fn archive_contact(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<Archive>,
) -> Response {
    let Ok(id) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    match contacts::archive_contact(&cx, id, !form.restore).await {
        Ok(()) => Redirect::to(&format!("/staff/contacts/{id}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(ServiceError::Refused(_)) => {
            Redirect::to(&format!("/staff/contacts/{id}?refused=archive")).into_response()
        }
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

async fn save(state: &AppState, cx: &Cx, id: Option<ContactId>, parts: Parts, form: ContactForm) -> Response {
    match contacts::save_contact(cx, id, &form).await {
        Ok(id) => Redirect::to(&format!("/staff/contacts/{id}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, values(&form)).await,
    }
}

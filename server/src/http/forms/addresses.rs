use app::form::FormReply;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{addresses::AddressForm, ids::AddressId};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, addresses};

use super::{Fields, field, values};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

/// `POST /my/addresses`: removes an address, or brings it back.
pub(crate) async fn change_addresses(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let id = field(&fields, "address").and_then(|id| id.parse::<AddressId>().ok());
    let result = match (field(&fields, "what").as_deref(), id) {
        (Some("remove"), Some(id)) => {
            addresses::remove_address(&cx, id).await.map(|()| format!("/my/addresses?removed={id}"))
        }
        (Some("restore"), Some(id)) => {
            addresses::restore_address(&cx, id).await.map(|()| "/my/addresses?done=restored".to_owned())
        }
        _ => Err(ServiceError::NotFound),
    };
    match result {
        Ok(next) => Redirect::to(&next).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /my/addresses/new`.
pub(crate) async fn add_address(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    save(&state, &cx, None, parts, &fields).await
}

/// `POST /my/addresses/{id}`.
pub(crate) async fn change_address(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    match id.parse() {
        Ok(id) => save(&state, &cx, Some(id), parts, &fields).await,
        Err(_not_a_key) => not_found_at(&state, parts).await,
    }
}

async fn save(state: &AppState, cx: &Cx, id: Option<AddressId>, parts: Parts, fields: &Fields) -> Response {
    let form = AddressForm::read(|name| field(fields, name));
    let result = match field(fields, "what").as_deref() {
        Some("fields") => match addresses::get_address(cx, id, &form.country).await {
            Ok(_) => {
                let reply = FormReply { values: values(&form), ..FormReply::default() };
                return page(state, parts, StatusCode::OK, move || provide_context(reply.clone())).await;
            }
            Err(error) => Err(error),
        },
        Some("save") | None => addresses::save_address(cx, id, &form).await,
        Some(_) => Err(ServiceError::NotFound),
    };
    match result {
        Ok(_) if id.is_none() => Redirect::to("/my/addresses?done=added").into_response(),
        Ok(_) => Redirect::to("/my/addresses?done=saved").into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, values(&form)).await,
    }
}

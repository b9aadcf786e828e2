use app::features::api_keys::FreshKey;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{api::ApiKeyForm, ids::ApiKeyId};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, api};

use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

/// `POST /staff/settings/api-keys`: makes a key, and answers with the page that shows its secret this once. It stands in
/// no address and no cookie.
pub(crate) async fn create_api_key(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let all = |name: &str| -> Vec<String> {
        fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| all(name).into_iter().next();
    let form = ApiKeyForm {
        name: one("name").unwrap_or_default(),
        scopes: all("scopes"),
        until: one("until").unwrap_or_default(),
    };
    match api::create_key(&cx, &form, one("password").as_deref()).await {
        Ok(made) => {
            let fresh = FreshKey(made.secret);
            page(&state, parts, StatusCode::OK, move || provide_context(fresh.clone())).await
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let typed = fields.into_iter().filter(|(name, _)| name != "password").collect();
            error_page(&state, &cx, parts, error, typed).await
        }
    }
}

/// `POST /staff/settings/api-keys/{id}/revoke`.
pub(crate) async fn revoke_api_key(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(id) = id.parse::<ApiKeyId>() else { return not_found_at(&state, parts).await };
    match api::revoke_key(&cx, id).await {
        Ok(()) => Redirect::to("/staff/settings/api-keys?done=revoked").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

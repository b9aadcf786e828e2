use app::features::webhooks::FreshWebhook;
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ids::{DeliveryId, WebhookId},
    webhooks::WebhookForm,
};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, ServiceResult, webhooks};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const PAGE: &str = "/staff/settings/webhooks";

/// `POST /staff/settings/webhooks`: makes a webhook, and answers with the page that shows its secret this once.
pub(crate) async fn create_webhook(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let events = fields.iter().filter(|(name, _)| name == "events").map(|(_, value)| value.clone()).collect();
    let form = WebhookForm { url: field(&fields, "url").unwrap_or_default(), events };
    match webhooks::create_webhook(&cx, &form, field(&fields, "password").as_deref()).await {
        Ok(made) => {
            let fresh = FreshWebhook(made.secret);
            page(&state, parts, StatusCode::OK, move || provide_context(fresh.clone())).await
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let typed = fields.into_iter().filter(|(name, _)| name != "password").collect();
            error_page(&state, &cx, parts, error, typed).await
        }
    }
}

/// `POST /staff/settings/webhooks/{id}`: tests, pauses, resumes or removes one.
pub(crate) async fn change_webhook(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let what = field(&fields, "what").unwrap_or_default();
    let result = match (id.parse::<WebhookId>(), what.as_str()) {
        (Ok(id), "test") => webhooks::send_test(&cx, id).await,
        (Ok(id), "pause" | "resume") => webhooks::set_paused(&cx, id, what == "pause").await,
        (Ok(id), "remove") => webhooks::remove_webhook(&cx, id).await,
        _ => Err(ServiceError::NotFound),
    };
    answered(&state, &cx, parts, result, &what).await
}

/// `POST /staff/settings/webhooks/deliveries/{id}/resend`.
pub(crate) async fn resend_delivery(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let result = match id.parse::<DeliveryId>() {
        Ok(id) => webhooks::resend_delivery(&cx, id).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answered(&state, &cx, parts, result, "resend").await
}

async fn answered(
    state: &AppState,
    cx: &Cx,
    mut parts: Parts,
    result: ServiceResult<()>,
    done: &str,
) -> Response {
    match result {
        Ok(()) => Redirect::to(&format!("{PAGE}?done={done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => {
            parts.uri = Uri::from_static(PAGE);
            error_page(state, cx, parts, error, Vec::new()).await
        }
    }
}

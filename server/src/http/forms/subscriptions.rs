use axum::{
    Extension, Form,
    extract::{Path, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::DocumentKind, ids::DocumentId, payments::AutomaticForm, subscriptions::SubscriptionAction,
};
use services::{Cx, ServiceError, payments, subscriptions};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /my/subscriptions/{id}/manage`: pauses, resumes or cancels a subscription.
pub(crate) async fn change_subscription(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let result = match (id.parse::<DocumentId>(), SubscriptionAction::parse(&text("what"))) {
        (Ok(id), Some(action)) => subscriptions::change_subscription(&cx, id, action, &text("reason")).await,
        _ => Err(ServiceError::NotFound),
    };
    match result {
        Ok(()) => Redirect::to(&format!("{}?done={}", parts.uri.path(), text("what"))).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, fields).await,
    }
}

/// `POST /my/{kind}/{id}/automatic`: has a document paid without asking, or not any more.
pub(crate) async fn change_automatic(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let result = match (DocumentKind::from_plural(&kind), id.parse::<DocumentId>(), text("what").as_str()) {
        (Some(kind), Ok(id), "on") => {
            let form =
                AutomaticForm { card: text("card"), cap: text("cap"), agreed: text("agreed") == "true" };
            payments::set_automatic(&cx, kind, id, &form).await
        }
        (Some(kind), Ok(id), "off") => payments::unset_automatic(&cx, kind, id).await,
        _ => Err(ServiceError::NotFound),
    };
    match result {
        Ok(()) => Redirect::to(parts.uri.path()).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, fields).await,
    }
}

use app::server::share_secret_in;
use axum::{
    Extension, Form, Json,
    extract::{Path, State},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ids::{MethodId, PaymentId, ShareLinkId},
    payments::{PayForm, TopUpForm},
};
use serde_json::json;
use services::{
    Cx, ServiceError, ServiceResult,
    payments::{self, Setup},
    wallet,
};

use super::{Fields, field, share::dead};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

const METHODS: &str = "/my/payment-methods";

/// `POST /my/pay`.
pub(crate) async fn pay(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let result = payments::pay(&cx, &pay_form(&fields)).await;
    begun(&state, &cx, parts, result, fields).await
}

fn pay_form(fields: &Fields) -> PayForm {
    let text = |name| field(fields, name).unwrap_or_default();
    let named = fields.iter().filter(|(name, _)| name == "documents");
    PayForm {
        key: text("key"),
        documents: named.filter_map(|(_, id)| id.parse().ok()).collect(),
        amount: text("amount"),
        way: text("way"),
        setup: text("setup"),
        keep: text("keep") == "true",
        for_company: text("for_company") == "true",
    }
}

/// `POST /shared/{id}/pay`: pays by a share link.
pub(crate) async fn pay_shared(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let secret = share_secret_in(&parts.headers).unwrap_or_default();
    let result = match id.parse::<ShareLinkId>() {
        Ok(link) => payments::pay_shared(&cx, link, &secret, &pay_form(&fields)).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    match result {
        Ok(payment) => Redirect::to(&format!("/shared/{id}/payments/{payment}")).into_response(),
        Err(ServiceError::NotFound) => dead(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, fields).await,
    }
}

/// `POST /shared/{id}/payments/{payment}`: asks how it went.
pub(crate) async fn check_shared_payment(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((id, payment)): Path<(String, String)>,
    parts: Parts,
) -> Response {
    let secret = share_secret_in(&parts.headers).unwrap_or_default();
    let result = match (id.parse::<ShareLinkId>(), payment.parse::<PaymentId>()) {
        (Ok(link), Ok(payment)) => payments::check_shared_payment(&cx, link, &secret, payment).await,
        _ => Err(ServiceError::NotFound),
    };
    match result {
        Ok(()) => Redirect::to(parts.uri.path()).into_response(),
        Err(ServiceError::NotFound) => dead(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /shared/{id}/pay/setup`: as `/my/payment-methods/setup`, by a share link.
pub(crate) async fn begin_shared_setup(
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let secret = share_secret_in(&parts.headers).unwrap_or_default();
    let setup = match id.parse::<ShareLinkId>() {
        Ok(link) => payments::begin_shared_setup(&cx, link, &secret).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    setup_answer(&cx, setup)
}

/// `POST /my/wallet`: puts money in.
pub(crate) async fn top_up(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let form = TopUpForm {
        key: text("key"),
        amount: text("amount"),
        way: text("way"),
        setup: text("setup"),
        keep: text("keep") == "true",
        for_company: text("for_company") == "true",
    };
    let result = wallet::top_up(&cx, &form).await;
    begun(&state, &cx, parts, result, fields).await
}

/// On to the payment, which says how it went; or the form again. A card that was taken in is not taken in again.
async fn begun(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: ServiceResult<PaymentId>,
    fields: Fields,
) -> Response {
    match result {
        Ok(id) => Redirect::to(&format!("/my/payments/{id}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, fields).await,
    }
}

/// `POST /my/payments/{id}`: asks how it went, or gives it up.
pub(crate) async fn change_payment(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let result = match (id.parse::<PaymentId>(), field(&fields, "what").as_deref()) {
        (Ok(id), Some("check")) => payments::check_payment(&cx, id).await,
        (Ok(id), Some("cancel")) => payments::cancel_payment(&cx, id).await,
        _ => Err(ServiceError::NotFound),
    };
    changed(&state, &cx, parts, result, fields).await
}

/// `POST /staff/payments/{id}`: notes a transfer, gives it up, or gives money back.
pub(crate) async fn change_staff_payment(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let result = match (id.parse::<PaymentId>(), text("what").as_str()) {
        (Ok(id), "arrived") => payments::confirm_transfer(&cx, id, &text("amount")).await,
        (Ok(id), "cancel") => payments::give_up_transfer(&cx, id).await,
        (Ok(id), "refund") => {
            payments::refund_payment(&cx, id, &text("key"), &text("amount"), &text("reason")).await
        }
        _ => Err(ServiceError::NotFound),
    };
    changed(&state, &cx, parts, result, fields).await
}

/// Back to the payment's page.
async fn changed(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: ServiceResult<()>,
    fields: Fields,
) -> Response {
    match result {
        Ok(()) => Redirect::to(parts.uri.path()).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, fields).await,
    }
}

/// `POST /my/payment-methods`: adds a card, deletes one, or has one offered first.
pub(crate) async fn change_methods(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    mut parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let id = text("id").parse::<MethodId>();
    let (result, done) = match (text("what").as_str(), id) {
        ("add", _) => {
            let for_company = text("for_company") == "true";
            (payments::add_card(&cx, &text("setup"), for_company).await, "added")
        }
        ("remove", Ok(id)) => (payments::remove_card(&cx, id).await, "removed"),
        ("default", Ok(id)) => (payments::make_default(&cx, id).await, "default"),
        _ => (Err(ServiceError::NotFound), ""),
    };
    match result {
        Ok(()) => Redirect::to(&format!("{METHODS}?done={done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            parts.uri = Uri::from_static(METHODS);
            error_page(&state, &cx, parts, error, fields).await
        }
    }
}

/// `POST /my/payment-methods/setup`: what the browser needs to give a card to the card service, as JSON for our script.
pub(crate) async fn begin_setup(Extension(cx): Extension<Cx>) -> Response {
    setup_answer(&cx, payments::begin_setup(&cx).await)
}

fn setup_answer(cx: &Cx, setup: ServiceResult<Setup>) -> Response {
    match setup {
        Ok(setup) => Json(json!({ "secret": setup.secret })).into_response(),
        Err(error) => {
            let error = app::server::to_portal_error(cx, error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(json!({ "error": error.to_string() }))).into_response()
        }
    }
}

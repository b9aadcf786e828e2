use app::{features::account::ConfirmEmailContext, form::FormReply};
use axum::{
    Extension, Form,
    extract::State,
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::details::{AddressOf, DetailsForm};
use leptos::prelude::provide_context;
use services::{Cx, ServiceError, account};

use super::{Fields, field, secret_in};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

/// `POST /my/account`: saves one's details, shows the fields of another country or address, takes back a new email, or asks
/// staff for a change; `what` says which.
pub(crate) async fn change_details(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let mut form = DetailsForm::read(|name| field(&fields, name));
    let what = field(&fields, "what");
    let (result, values) = match what.as_deref() {
        Some("save") | None => (save(&cx, &form).await, form.typed()),
        Some(what @ ("fields" | "own" | "company")) => {
            if what != "fields" {
                form.choose_address(AddressOf::parse(what));
            }
            // Whoever gets no form gets none with other fields either.
            match account::get_details(&cx, "", Default::default()).await {
                Ok(_) => {
                    let reply = FormReply { values: form.typed(), ..FormReply::default() };
                    return page(&state, parts, StatusCode::OK, move || provide_context(reply.clone())).await;
                }
                Err(error) => (Err(error), Vec::new()),
            }
        }
        Some("cancel-email") => {
            let cancelled = account::cancel_email_change(&cx).await;
            (cancelled.map(|()| "/my/account?done=email-cancelled"), Vec::new())
        }
        Some("request") => {
            let request = field(&fields, "request").unwrap_or_default();
            let requested = account::request_change(&cx, &request).await;
            (requested.map(|()| "/my/account?done=requested"), vec![("request".to_owned(), request)])
        }
        Some(_) => (Err(ServiceError::NotFound), Vec::new()),
    };
    match result {
        Ok(next) => Redirect::to(next).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, values).await,
    }
}

async fn save(cx: &Cx, form: &DetailsForm) -> Result<&'static str, ServiceError> {
    let saved = account::save_details(cx, form).await?;
    Ok(if saved.is_email_pending { "/my?done=details-email" } else { "/my?done=details" })
}

/// `GET /confirm/{token}`: shows which address the link confirms, and changes nothing.
pub(crate) async fn show_email_change(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    let found = match account::view_email_change(&cx, &secret_in(&parts)).await {
        Ok(found) => found,
        Err(error) => return error_page(&state, &cx, parts, error, Vec::new()).await,
    };
    let Some(found) = found else { return page(&state, parts, StatusCode::NOT_FOUND, || {}).await };
    let context = ConfirmEmailContext { old: found.old, new: found.new, login: found.login };
    page(&state, parts, StatusCode::OK, move || provide_context(context.clone())).await
}

/// `POST /confirm/{token}`: spends the link.
pub(crate) async fn confirm_email_change(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    match account::confirm_email_change(&cx, &secret_in(&parts)).await {
        Ok(()) if cx.actor().as_portal().is_some() => {
            Redirect::to("/my/account?done=email-confirmed").into_response()
        }
        Ok(()) => Redirect::to("/login?notice=email-confirmed").into_response(),
        Err(ServiceError::NotFound) => page(&state, parts, StatusCode::NOT_FOUND, || {}).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

use app::form::FormReply;
use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::account::{Enrolled, EnrolmentStep};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{
    Cx, ServiceError, ServiceResult,
    auth::{SignedIn, second_factor},
};

use super::{landing, login::Next};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    trust: String,
}

/// `POST /login/two-factor`.
pub(crate) async fn verify_code(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(next): Query<Next>,
    parts: Parts,
    Form(typed): Form<Code>,
) -> Response {
    let is_trusted = typed.trust == "true";
    let verified = second_factor::verify_code(&cx, &typed.code, is_trusted).await;
    go_in(&state, &cx, parts, verified, &next, vec![("trust".to_owned(), typed.trust)]).await
}

/// `POST /login/recovery`.
pub(crate) async fn use_recovery_code(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Query(next): Query<Next>,
    parts: Parts,
    Form(typed): Form<Code>,
) -> Response {
    let used = second_factor::use_recovery_code(&cx, &typed.code).await;
    go_in(&state, &cx, parts, used, &next, Vec::new()).await
}

async fn go_in(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    result: ServiceResult<SignedIn>,
    next: &Next,
    values: Vec<(String, String)>,
) -> Response {
    match result {
        Ok(signed_in) => Redirect::to(&landing(&signed_in, next.next.as_deref())).into_response(),
        Err(error) => refused(state, cx, parts, error, values).await,
    }
}

/// The ten minutes for the second step are over: the first one is due again.
async fn refused(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    error: ServiceError,
    values: Vec<(String, String)>,
) -> Response {
    if matches!(error, ServiceError::Unauthenticated) {
        return Redirect::to("/login?notice=ended").into_response();
    }
    error_page(state, cx, parts, error, values).await
}

#[derive(Deserialize)]
pub(crate) struct Step {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// `POST /login/enrol`, `POST /my/security/two-factor` and `POST /staff/security/two-factor`: a step of switching
/// two-factor authentication on, or a change once it is. What is shown in answer is shown once, so that there is no
/// redirect.
pub(crate) async fn change_two_factor(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<Step>,
) -> Response {
    if !is_own_side(&cx, parts.uri.path()) {
        return not_found_at(&state, parts).await;
    }
    let step = match typed.what.as_str() {
        "begin" => second_factor::begin_enrolment(&cx, &typed.password).await.map(EnrolmentStep::Scan),
        "finish" => match second_factor::finish_enrolment(&cx, &typed.code).await {
            Ok(enrolled) => Ok(EnrolmentStep::Done(enrolled)),
            Err(error) => return show_again(&state, &cx, parts, error).await,
        },
        "codes" => second_factor::renew_recovery_codes(&cx, &typed.password)
            .await
            .map(|recovery_codes| EnrolmentStep::Done(Enrolled { recovery_codes, next: None })),
        "disable" => match second_factor::disable_two_factor(&cx, &typed.password).await {
            Ok(()) => return to_security(&parts),
            Err(error) => Err(error),
        },
        _ => Err(ServiceError::NotFound),
    };
    match step {
        Ok(step) => show(&state, parts, StatusCode::OK, step, FormReply::default()).await,
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => refused(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// Customers and staff each have the page on their own side.
fn is_own_side(cx: &Cx, path: &str) -> bool {
    let is_staff = cx.actor().as_staff().is_some();
    if path.starts_with("/staff") { is_staff } else { !is_staff }
}

fn to_security(parts: &Parts) -> Response {
    let security = parts.uri.path().trim_end_matches("/two-factor");
    Redirect::to(&format!("{security}?done=two-factor-off")).into_response()
}

/// What the app has to know once more, beside what was wrong with its code.
async fn show_again(state: &AppState, cx: &Cx, parts: Parts, error: ServiceError) -> Response {
    match (second_factor::pending_enrolment(cx).await, error) {
        (Ok(Some(enrolling)), ServiceError::Invalid(errors)) => {
            let reply = FormReply { errors, ..FormReply::default() };
            show(state, parts, StatusCode::UNPROCESSABLE_ENTITY, EnrolmentStep::Scan(enrolling), reply).await
        }
        (_, ServiceError::NotFound) => not_found_at(state, parts).await,
        (_, error) => refused(state, cx, parts, error, Vec::new()).await,
    }
}

async fn show(
    state: &AppState,
    parts: Parts,
    status: StatusCode,
    step: EnrolmentStep,
    reply: FormReply,
) -> Response {
    let provide = move || {
        provide_context(step.clone());
        provide_context(reply.clone());
    };
    page(state, parts, status, provide).await
}

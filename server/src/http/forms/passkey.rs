//! One's own passkeys. The two steps of adding one are posted by `public/passkeys.js` and answer with JSON; the rest
//! are plain forms.

use app::PortalError;
use axum::{
    Extension, Form, Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::PasskeyId;
use serde::Deserialize;
use serde_json::{Value, json};
use services::{
    Cx, ServiceError, ServiceResult,
    auth::passkeys::{self, CEREMONY_LASTS, Challenge},
};

use crate::{
    http::{error_page, not_found_at},
    middleware::cookie,
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct NewPasskey {
    #[serde(default)]
    name: String,
    password: Option<String>,
}

/// An authenticator's answer, in JSON.
#[derive(Deserialize)]
pub(crate) struct Answer {
    #[serde(default)]
    pub(super) credential: String,
}

/// The forms on a passkey's page: which one, and its fields.
#[derive(Deserialize)]
pub(crate) struct Change {
    #[serde(default, rename = "do")]
    what: String,
    #[serde(default)]
    name: String,
    password: Option<String>,
}

/// `POST …/security/passkeys/begin`.
pub(crate) async fn begin_passkey(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(form): Form<NewPasskey>,
) -> Response {
    if !is_own_side(&cx, &parts) {
        return refusal(&cx, ServiceError::NotFound);
    }
    challenge(&state, &cx, passkeys::begin_registration(&cx, &form.name, form.password.as_deref()).await)
}

/// `POST …/security/passkeys/finish`.
pub(crate) async fn finish_passkey(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(answer): Form<Answer>,
) -> Response {
    if !is_own_side(&cx, &parts) {
        return refusal(&cx, ServiceError::NotFound);
    }
    let secret = secret_of(&state, &parts.headers);
    let added = passkeys::finish_registration(&cx, &secret, &answer.credential).await;
    finished(&state, &cx, added.map(|_| format!("{}?notice=passkey-added", home(&parts))))
}

/// `POST …/security/passkeys/{id}`.
pub(crate) async fn change_passkey(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<Change>,
) -> Response {
    let Some(id) = id.parse::<PasskeyId>().ok().filter(|_| is_own_side(&cx, &parts)) else {
        return not_found_at(&state, parts).await;
    };
    match change(&cx, id, &form).await {
        Ok(notice) => Redirect::to(&format!("{}?notice={notice}", home(&parts))).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => {
            let typed = (form.what == "rename").then(|| ("name".to_owned(), form.name));
            error_page(&state, &cx, parts, error, typed.into_iter().collect()).await
        }
    }
}

async fn change(cx: &Cx, id: PasskeyId, form: &Change) -> ServiceResult<&'static str> {
    match form.what.as_str() {
        "rename" => passkeys::rename_passkey(cx, id, &form.name).await.map(|()| "passkey-renamed"),
        "remove" => {
            let removed = passkeys::remove_passkey(cx, id, form.password.as_deref()).await;
            removed.map(|()| "passkey-removed")
        }
        _ => Err(ServiceError::NotFound),
    }
}

/// The security page of the side that was asked.
fn home(parts: &Parts) -> &'static str {
    if parts.uri.path().starts_with("/staff") { "/staff/security" } else { "/my/security" }
}

/// Whether the account is guarded on the side that was asked; on the other one, these addresses do not exist.
fn is_own_side(cx: &Cx, parts: &Parts) -> bool {
    cx.actor().as_staff().is_some() == parts.uri.path().starts_with("/staff")
}

/// The cookie of the browser that a challenge was given to.
fn cookie_name(state: &AppState) -> &'static str {
    if state.is_https { "__Host-portico-passkey" } else { "portico-passkey" }
}

/// The secret of the challenge at hand; of none, when there is none.
pub(super) fn secret_of(state: &AppState, headers: &HeaderMap) -> String {
    cookie(headers, cookie_name(state)).unwrap_or_default().to_owned()
}

/// A challenge, with the cookie by which its answer is known.
pub(super) fn challenge(state: &AppState, cx: &Cx, begun: ServiceResult<Challenge>) -> Response {
    match begun {
        Ok(Challenge { secret, options }) => {
            keep(Json(options).into_response(), state, &secret, CEREMONY_LASTS.whole_seconds())
        }
        Err(error) => refusal(cx, error),
    }
}

/// Where the browser goes now, or why it stays; the challenge is over either way.
pub(super) fn finished(state: &AppState, cx: &Cx, done: ServiceResult<String>) -> Response {
    let response = match done {
        Ok(next) => Json(json!({ "next": next })).into_response(),
        Err(error) => refusal(cx, error),
    };
    keep(response, state, "", 0)
}

fn keep(mut response: Response, state: &AppState, secret: &str, seconds: i64) -> Response {
    let (name, secure) = (cookie_name(state), if state.is_https { "; Secure" } else { "" });
    let line = format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    if let Ok(line) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, line);
    }
    response
}

/// What went wrong, for the script: as a whole, and by field.
pub(super) fn refusal(cx: &Cx, error: ServiceError) -> Response {
    let error = app::server::to_portal_error(cx, error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let errors = if let PortalError::Invalid(errors) = &error { json!(errors) } else { Value::Null };
    (status, Json(json!({ "problem": error.to_string(), "errors": errors }))).into_response()
}

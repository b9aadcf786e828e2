use app::{features::documents::MadeShareLink, server::SHARE_COOKIES, server::share_secret_in};
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::{DocumentKind, MessageForm, ShareForm, ShareSide, SigningForm},
    ids::{DocumentId, ShareLinkId},
};
use leptos::prelude::provide_context;
use services::{
    Cx, ServiceError,
    documents::{self, sharing, sharing::NewShareLink},
};

use super::{Fields, field, secret_in, values};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

/// `GET /share/{token}`: exchanges the link for an address without a secret, and a cookie for that address alone. Nobody's
/// session is touched.
pub(crate) async fn open_share(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
) -> Response {
    if parts.method == Method::HEAD {
        // Whoever only asks whether it is there gets no answer that tells.
        return StatusCode::OK.into_response();
    }
    let secret = secret_in(&parts);
    let mut answer = match sharing::open_share_link(&cx, &secret).await {
        Ok(Some(link)) => {
            let (name, secure) =
                if state.is_https { (SHARE_COOKIES[0], "; Secure") } else { (SHARE_COOKIES[1], "") };
            let cookie = format!("{name}={secret}; Path=/shared/{link}; HttpOnly; SameSite=Lax{secure}");
            let mut answer = Redirect::to(&format!("/shared/{link}")).into_response();
            match HeaderValue::from_str(&cookie) {
                Ok(cookie) => answer.headers_mut().append(header::SET_COOKIE, cookie),
                Err(_) => return dead(&state, parts).await,
            };
            answer
        }
        Ok(None) => dead(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    };
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

/// The answer to a link that does not work, whatever the reason.
pub(crate) async fn dead(state: &AppState, mut parts: Parts) -> Response {
    parts.uri = Uri::from_static("/share/-");
    page(state, parts, StatusCode::NOT_FOUND, || {}).await
}

/// `POST /shared/{id}/sign`.
pub(crate) async fn accept_shared(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let form = SigningForm {
        name: text("name"),
        agreed: text("agreed") == "true",
        strokes: text("strokes"),
        shown: text("shown"),
    };
    let result = match id.parse::<ShareLinkId>() {
        Ok(id) => {
            let secret = share_secret_in(&parts.headers).unwrap_or_default();
            documents::accept_shared_document(&cx, id, &secret, &form).await
        }
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answered(&state, &cx, &id, parts, result, values(&form)).await
}

/// `POST /shared/{id}/decline`.
pub(crate) async fn decline_shared(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let reason = field(&fields, "reason").unwrap_or_default();
    let result = match id.parse::<ShareLinkId>() {
        Ok(id) => {
            let secret = share_secret_in(&parts.headers).unwrap_or_default();
            documents::decline_shared_document(&cx, id, &secret, &reason).await
        }
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answered(&state, &cx, &id, parts, result, vec![("reason".to_owned(), reason)]).await
}

/// `POST /shared/{id}/messages`.
pub(crate) async fn post_shared_message(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    mut parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let text = |name| field(&fields, name).unwrap_or_default();
    let form = MessageForm { message: text("message"), key: text("key") };
    let result = match id.parse::<ShareLinkId>() {
        Ok(id) => {
            let secret = share_secret_in(&parts.headers).unwrap_or_default();
            sharing::post_shared_message(&cx, id, &secret, &form).await
        }
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    // What was wrong is shown where it was written.
    if let Ok(page) = format!("/shared/{id}").parse::<Uri>() {
        parts.uri = page;
    }
    answered(&state, &cx, &id, parts, result, fields).await
}

async fn answered(
    state: &AppState,
    cx: &Cx,
    id: &str,
    parts: Parts,
    result: Result<(), ServiceError>,
    typed: Vec<(String, String)>,
) -> Response {
    match result {
        Ok(()) => Redirect::to(&format!("/shared/{id}")).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => dead(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, typed).await,
    }
}

/// `POST /staff/documents/{id}/share`.
pub(crate) async fn change_staff_share_links(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    change(&state, &cx, id.parse().ok().map(|id| (ShareSide::Staff, id)), parts, fields).await
}

/// `POST /my/{kind}/{id}/share`.
pub(crate) async fn change_share_links(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let side = DocumentKind::from_plural(&kind).map(ShareSide::Customer);
    change(&state, &cx, side.zip(id.parse().ok()), parts, fields).await
}

/// Makes a link, whose address the answer alone shows, or ends one.
async fn change(
    state: &AppState,
    cx: &Cx,
    wanted: Option<(ShareSide, DocumentId)>,
    parts: Parts,
    fields: Fields,
) -> Response {
    let Some((side, id)) = wanted else { return not_found_at(state, parts).await };
    let text = |name| field(&fields, name).unwrap_or_default();
    let here = parts.uri.path().to_owned();
    let result = if text("what") == "revoke" {
        match text("link").parse() {
            Ok(link) => sharing::revoke_share_link(cx, side, id, link).await.map(|()| "revoked"),
            Err(_not_a_key) => Err(ServiceError::NotFound),
        }
    } else {
        let form = ShareForm {
            recipient: text("recipient"),
            email: text("email"),
            comment: text("comment") == "true",
            sign: text("sign") == "true",
            pay: text("pay") == "true",
            days: text("days"),
            key: text("key"),
        };
        match sharing::create_share_link(cx, side, id, &form).await {
            Ok(NewShareLink::Made { address, mailed_to }) => {
                let made = MadeShareLink { address, mailed_to };
                return page(state, parts, StatusCode::OK, move || provide_context(made.clone())).await;
            }
            Ok(NewShareLink::Already) => Ok("already"),
            Err(error) => Err(error),
        }
    };
    match result {
        Ok(done) => Redirect::to(&format!("{here}?done={done}")).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, fields).await,
    }
}

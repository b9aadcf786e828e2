use app::features::links::{LinkContext, Occupied};
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::ids::ContactId;
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{
    Cx, ServiceError, auth,
    links::{self, SecureLinkOpened},
};
use tower_sessions::Session;

use super::{renew_session, secret_in};
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

/// `GET /link/{token}`: into the portal of the customer whose link it is, or to sign-in.
pub(crate) async fn open_link(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    parts: Parts,
) -> Response {
    if parts.method == Method::HEAD {
        // Whoever only asks whether it is there gets no session, and no answer that tells.
        return StatusCode::OK.into_response();
    }
    open(&state, &cx, &session, parts, false).await
}

/// `POST /link/{token}`: the same for somebody who is signed in for another customer, and stops being so.
pub(crate) async fn open_link_instead(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    parts: Parts,
) -> Response {
    open(&state, &cx, &session, parts, true).await
}

async fn open(state: &AppState, cx: &Cx, session: &Session, parts: Parts, leave: bool) -> Response {
    let secret = secret_in(&parts);
    let opened = match links::open_secure_link(cx, &secret, leave).await {
        Ok(opened) => opened,
        Err(error) => return error_page(state, cx, parts, error, Vec::new()).await,
    };
    let leaves = leave && matches!(opened, SecureLinkOpened::Visit(_) | SecureLinkOpened::SignIn);
    if leaves && let Err(error) = auth::sign_out(cx).await {
        tracing::error!(%error, "a log-out was not recorded");
    }
    let mut answer = match opened {
        // This ends the session that there was.
        SecureLinkOpened::Visit(whose) => match renew_session(session, whose).await {
            Ok(()) => Redirect::to("/my").into_response(),
            Err(answer) => answer,
        },
        SecureLinkOpened::SignIn if leaves => match end(session).await {
            Ok(()) => Redirect::to("/login?notice=secure-link").into_response(),
            Err(answer) => answer,
        },
        SecureLinkOpened::Portal => Redirect::to("/my").into_response(),
        SecureLinkOpened::SignIn => Redirect::to("/login?notice=secure-link").into_response(),
        SecureLinkOpened::Customer(id) => {
            Redirect::to(&format!("/staff/contacts/{id}?notice=link-signs-in")).into_response()
        }
        SecureLinkOpened::Ask { customer, name, company } => {
            let occupied = Occupied { customer, name, company };
            // Its form needs an `Origin`, which browsers withhold under the stricter policy.
            return link_page(state, parts, StatusCode::OK, LinkContext::Occupied(occupied)).await;
        }
        SecureLinkOpened::Nothing => {
            link_page(state, parts, StatusCode::NOT_FOUND, LinkContext::Nothing).await
        }
    };
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

async fn end(session: &Session) -> Result<(), Response> {
    session.flush().await.map_err(|error| {
        tracing::error!(%error, "a session could not be ended");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}

async fn link_page(state: &AppState, parts: Parts, status: StatusCode, context: LinkContext) -> Response {
    page(state, parts, status, move || provide_context(context.clone())).await
}

#[derive(Deserialize)]
pub(crate) struct Rotate {
    generation: i32,
}

/// `POST /staff/contacts/{id}/secure-link/rotate`.
pub(crate) async fn rotate_secure_link(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(form): Form<Rotate>,
) -> Response {
    let Ok(id) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let rotated = links::rotate_secure_link(&cx, id, form.generation).await;
    back(&state, &cx, parts, id, "rotated", rotated).await
}

/// `POST /staff/contacts/{id}/secure-link/off`.
pub(crate) async fn switch_secure_link_off(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(id) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let switched = links::switch_secure_link(&cx, id, false).await;
    back(&state, &cx, parts, id, "off", switched).await
}

/// `POST /staff/contacts/{id}/secure-link/on`.
pub(crate) async fn switch_secure_link_on(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
) -> Response {
    let Ok(id) = id.parse::<ContactId>() else { return not_found_at(&state, parts).await };
    let switched = links::switch_secure_link(&cx, id, true).await;
    back(&state, &cx, parts, id, "on", switched).await
}

/// To the customer's page, which says what was done.
async fn back(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    id: ContactId,
    done: &str,
    result: Result<(), ServiceError>,
) -> Response {
    match result {
        Ok(()) => Redirect::to(&format!("/staff/contacts/{id}?notice=link-{done}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(state, parts).await,
        Err(error) => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

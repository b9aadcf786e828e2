use axum::{
    Extension, Form,
    extract::{Query, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use services::{Cx, auth};
use tower_sessions::{Session, session::Id};

use super::start_session;
use crate::{http::error_page, router::AppState, session_store};

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
}

#[derive(Deserialize)]
pub(crate) struct Next {
    pub(super) next: Option<String>,
}

/// `POST /login`.
pub(crate) async fn login(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    Query(next): Query<Next>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let id = Id::default();
    match auth::sign_in_to_session(&cx, &typed.email, &typed.password, &session_store::hash(&id)).await {
        Ok(signed_in) => {
            session_store::adopt(id);
            start_session(&session, signed_in, next.next.as_deref()).await
        }
        Err(error) => error_page(&state, &cx, parts, error, vec![("email".to_owned(), typed.email)]).await,
    }
}

/// `POST /logout`.
pub(crate) async fn logout(Extension(cx): Extension<Cx>, session: Session) -> Response {
    if let Err(error) = auth::sign_out(&cx).await {
        tracing::error!(%error, "a log-out was not recorded");
    }
    if let Err(error) = session.flush().await {
        tracing::error!(%error, "a session could not be ended");
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    Redirect::to("/login?notice=signed-out").into_response()
}

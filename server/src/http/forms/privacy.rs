use std::collections::HashMap;

use axum::{
    Extension, Form,
    body::Body,
    extract::State,
    http::{Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use futures::stream;
use serde::Deserialize;
use services::{Cx, ServiceError, account};
use tower_sessions::Session;

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

#[derive(Deserialize)]
pub(crate) struct Proof {
    password: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Closing {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
}

/// `POST /my/privacy`: which mails somebody gets; a box that is ticked sends its area's name.
pub(crate) async fn save_mail_choices(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    Form(typed): Form<HashMap<String, String>>,
) -> Response {
    let wanted: Vec<String> = typed.into_keys().collect();
    match account::save_mail_choices(&cx, &wanted).await {
        Ok(()) => Redirect::to("/my/privacy?done=saved").into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, Vec::new()).await,
    }
}

/// `POST /my/privacy/export`: what the portal holds of somebody, as a ZIP that is made and sent in parts.
pub(crate) async fn export_data(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    mut parts: Parts,
    Form(proof): Form<Proof>,
) -> Response {
    let export = match account::begin_export(&cx, proof.password.as_deref()).await {
        Ok(export) => export,
        Err(ServiceError::NotFound) => return not_found_at(&state, parts).await,
        Err(error) => {
            parts.uri = Uri::from_static("/my/privacy");
            return error_page(&state, &cx, parts, error, Vec::new()).await;
        }
    };
    let attachment = format!("attachment; filename=\"{}\"", account::export_name(&cx));
    let rest = stream::try_unfold((cx, export), |(cx, export)| async move {
        let part = account::export_part(&cx, export).await.inspect_err(|error| {
            tracing::error!(%error, request_id = cx.origin().request_id, "an export broke off");
        })?;
        Ok::<_, ServiceError>(part.map(|(bytes, export)| (bytes, (cx, export))))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, attachment),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(rest)).into_response()
}

/// `POST /my/privacy/close`: closes the account; whoever closed it is nobody from then on.
pub(crate) async fn close_account(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    session: Session,
    parts: Parts,
    Form(typed): Form<Closing>,
) -> Response {
    match account::close_account(&cx, &typed.login, &typed.password).await {
        Ok(()) => {
            // The session is gone; this takes its cookie away too.
            if let Err(error) = session.flush().await {
                tracing::error!(%error, "a closed account's cookie was left behind");
            }
            Redirect::to("/login?notice=account-closed").into_response()
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, vec![("login".to_owned(), typed.login)]).await,
    }
}

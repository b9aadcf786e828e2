use axum::{
    Extension, Form,
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartRejection},
    http::{StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::settings::{GeneralForm, TemplateForm};
use leptos::prelude::provide_context;
use serde::Deserialize;
use services::{Cx, ServiceError, ServiceResult, settings};

use super::values;
use crate::{
    http::{error_page, not_found_at, page},
    router::AppState,
};

const GENERAL: &str = "/staff/settings/general";
const TEMPLATES: &str = "/staff/settings/mail-templates";

/// `POST /staff/settings/general`: the texts, or a logo, which comes as a file.
pub(crate) async fn change_general(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Who may not set anything should not make us read what they send.
    if let Err(error) = settings::get_general(&cx).await {
        return refuse(&state, &cx, parts, error).await;
    }
    let request = Request::from_parts(parts.clone(), body);
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    if media.is_some_and(|media| media.starts_with("multipart/form-data")) {
        let upload = Multipart::from_request(request, &state).await;
        return save_logo(&state, &cx, parts, upload).await;
    }
    let form = match Form::<GeneralForm>::from_request(request, &state).await {
        Ok(Form(form)) => form,
        Err(rejection) => return rejection.into_response(),
    };
    match settings::save_general(&cx, &form).await {
        Ok(()) => Redirect::to(&format!("{GENERAL}?done=saved")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, values(&form)).await,
    }
}

async fn save_logo(
    state: &AppState,
    cx: &Cx,
    parts: Parts,
    upload: Result<Multipart, MultipartRejection>,
) -> Response {
    let read = match upload {
        Ok(upload) => read(upload).await,
        Err(_no_files) => Ok(Vec::new()),
    };
    let saved = match read {
        Ok(content) => settings::save_logo(cx, content).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Redirect::to(&format!("{GENERAL}?done=logo")).into_response(),
        Err(error) => refuse(state, cx, parts, error).await,
    }
}

async fn read(mut upload: Multipart) -> ServiceResult<Vec<u8>> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        let text = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "The picture is larger than 512 kB.",
            _ => "The upload broke off. Try again.",
        };
        ServiceError::field("logo", text)
    };
    while let Some(field) = upload.next_field().await.map_err(broken)? {
        if field.name() == Some("logo") {
            return Ok(field.bytes().await.map_err(broken)?.to_vec());
        }
    }
    Ok(Vec::new())
}

/// `POST /staff/settings/general/logo/remove`.
pub(crate) async fn remove_logo(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    mut parts: Parts,
) -> Response {
    parts.uri = Uri::from_static(GENERAL);
    match settings::remove_logo(&cx).await {
        Ok(()) => Redirect::to(&format!("{GENERAL}?done=logo-removed")).into_response(),
        Err(error) => refuse(&state, &cx, parts, error).await,
    }
}

async fn refuse(state: &AppState, cx: &Cx, parts: Parts, error: ServiceError) -> Response {
    match error {
        ServiceError::NotFound => not_found_at(state, parts).await,
        error => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    mode: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    version: i64,
}

/// `POST /staff/settings/mail-templates/{kind}`: saves, or shows how it would read.
pub(crate) async fn save_mail_template(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    parts: Parts,
    Form(typed): Form<Typed>,
) -> Response {
    let form = TemplateForm { subject: typed.subject, text: typed.text, version: typed.version };
    let mut values = values(&form);
    values.push(("kind".to_owned(), kind.clone()));
    let done = if typed.mode == "preview" {
        settings::preview_mail_template(&cx, &kind, &form).map(Some)
    } else {
        settings::save_mail_template(&cx, &kind, &form).await.map(|()| None)
    };
    match done {
        Ok(None) => Redirect::to(&format!("{TEMPLATES}/{kind}?done=saved")).into_response(),
        Ok(Some((subject, text))) => {
            values.push(("preview_subject".to_owned(), subject));
            values.push(("preview_text".to_owned(), text));
            let reply = app::form::FormReply { values, ..Default::default() };
            page(&state, parts, StatusCode::OK, move || provide_context(reply.clone())).await
        }
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, values).await,
    }
}

/// `POST /staff/settings/mail-templates/{kind}/reset`.
pub(crate) async fn reset_mail_template(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(kind): Path<String>,
    parts: Parts,
) -> Response {
    match settings::reset_mail_template(&cx, &kind).await {
        Ok(()) => Redirect::to(&format!("{TEMPLATES}/{kind}?done=reset")).into_response(),
        Err(error) => refuse(&state, &cx, parts, error).await,
    }
}

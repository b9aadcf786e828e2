use axum::{
    Extension,
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use bytes::Bytes;
use domain::ids::DocumentId;
use services::{Cx, ServiceError, ServiceResult, documents};

use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// `POST /staff/documents/{id}/original`: uploads a PDF in place of the printed one.
pub(crate) async fn upload_original(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(id) = id.parse::<DocumentId>() else { return not_found_at(&state, parts).await };
    // Who may not upload anything should not make us read what they send.
    if let Err(error) = documents::get_original(&cx, id).await {
        return refuse(&state, &cx, parts, error).await;
    }
    let read = match Multipart::from_request(Request::from_parts(parts.clone(), body), &state).await {
        Ok(upload) => read(upload).await,
        Err(_no_files) => Ok(Bytes::new()),
    };
    let saved = match read {
        Ok(bytes) => documents::save_original(&cx, id, bytes).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Redirect::to(&format!("/staff/documents/{id}/original?done=uploaded")).into_response(),
        Err(error) => refuse(&state, &cx, parts, error).await,
    }
}

/// `POST /staff/documents/{id}/original/remove`.
pub(crate) async fn remove_original(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    mut parts: Parts,
) -> Response {
    let Ok(id) = id.parse::<DocumentId>() else { return not_found_at(&state, parts).await };
    let page = format!("/staff/documents/{id}/original");
    match documents::remove_original(&cx, id).await {
        Ok(()) => Redirect::to(&format!("{page}?done=removed")).into_response(),
        Err(error) => {
            if let Ok(uri) = page.parse::<Uri>() {
                parts.uri = uri;
            }
            refuse(&state, &cx, parts, error).await
        }
    }
}

async fn read(mut upload: Multipart) -> ServiceResult<Bytes> {
    let broken = |error: MultipartError| {
        let text = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "The PDF is larger than 10 MB.",
            _ => "The upload broke off. Try again.",
        };
        ServiceError::field("original", text)
    };
    while let Some(field) = upload.next_field().await.map_err(broken)? {
        if field.name() == Some("original") {
            return field.bytes().await.map_err(broken);
        }
    }
    Ok(Bytes::new())
}

async fn refuse(state: &AppState, cx: &Cx, parts: Parts, error: ServiceError) -> Response {
    match error {
        ServiceError::NotFound | ServiceError::Unauthenticated => not_found_at(state, parts).await,
        error => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

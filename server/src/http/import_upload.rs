use axum::{
    Extension,
    extract::{Multipart, State, multipart::MultipartError},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use services::{
    Cx, ServiceError,
    import::{self, SourceFile},
};

use super::{error_page, not_found_at};
use crate::router::AppState;

/// `POST /staff/import`: starts a run over the uploaded files and shows it.
pub(crate) async fn import_upload(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    parts: Parts,
    upload: Multipart,
) -> Response {
    // Who may not import should not make us read what they send.
    if let Err(error) = import::may_import(&cx) {
        return refuse(&state, &cx, parts, error).await;
    }
    let started = match read(upload).await {
        Ok(upload) if upload.files.is_empty() => {
            Err(ServiceError::field("files", "Choose at least one file."))
        }
        Ok(upload) => import::start_import(&cx, upload.files, upload.dry_run).await,
        Err(error) => {
            let text = match error.status() {
                StatusCode::PAYLOAD_TOO_LARGE => "The files are larger than 64 MB: import them in parts.",
                _ => "The upload broke off. Try again.",
            };
            Err(ServiceError::field("files", text))
        }
    };
    match started {
        Ok(run) => Redirect::to(&format!("/staff/import?run={run}")).into_response(),
        Err(error) => refuse(&state, &cx, parts, error).await,
    }
}

async fn refuse(state: &AppState, cx: &Cx, parts: Parts, error: ServiceError) -> Response {
    match error {
        ServiceError::NotFound => not_found_at(state, parts).await,
        error => error_page(state, cx, parts, error, Vec::new()).await,
    }
}

struct Upload {
    files: Vec<SourceFile>,
    dry_run: bool,
}

async fn read(mut upload: Multipart) -> Result<Upload, MultipartError> {
    let mut read = Upload { files: Vec::new(), dry_run: true };
    while let Some(field) = upload.next_field().await? {
        match (field.name(), field.file_name().map(str::to_owned)) {
            (Some("files"), Some(name)) if !name.is_empty() => {
                read.files.push(SourceFile::new(name, field.bytes().await?.to_vec()));
            }
            (Some("mode"), _) => read.dry_run = field.text().await? != "import",
            _ => {}
        }
    }
    Ok(read)
}

use axum::{
    Extension, Form,
    extract::{Path, Request, State},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::ImportSheetId, import::SheetForm};
use services::{
    Cx, ServiceError,
    import::{self, SheetStep},
};

use super::{Fields, field, sent::Sent};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

const PAGE: &str = "/staff/import/spreadsheet";

/// `POST /staff/import/spreadsheet`: keeps a spreadsheet, and leads to its columns.
pub(crate) async fn upload_sheet(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // Who may not import should not make us read what they send.
    if import::may_import(&cx).is_err() {
        return not_found_at(&state, parts).await;
    }
    let (mut sent, came) = Sent::read(Request::from_parts(parts.clone(), body), &state).await;
    let kind = sent.text("kind");
    let file = sent.files.pop();
    let result = match (came, file) {
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(ServiceError::field("files", "Choose a file.")),
        (Ok(()), Some(file)) => import::keep_sheet(&cx, &kind, &file.name, file.bytes).await,
    };
    match result {
        Ok(id) => Redirect::to(&format!("{PAGE}/{id}")).into_response(),
        Err(error) => error_page(&state, &cx, parts, error, vec![("kind".to_owned(), kind)]).await,
    }
}

/// `POST /staff/import/spreadsheet/{id}`: keeps what the columns are, and checks or imports the file.
pub(crate) async fn import_sheet(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let Ok(id) = id.parse::<ImportSheetId>() else { return not_found_at(&state, parts).await };
    let step = match field(&fields, "mode").as_deref() {
        Some("check") => SheetStep::Check,
        Some("import") => SheetStep::Import,
        _ => SheetStep::Read,
    };
    match import::import_sheet(&cx, id, &SheetForm::read(&fields), step).await {
        Ok(Some(run)) => Redirect::to(&format!("/staff/import?run={run}&sheet={id}")).into_response(),
        Ok(None) => Redirect::to(&format!("{PAGE}/{id}")).into_response(),
        Err(ServiceError::NotFound) => not_found_at(&state, parts).await,
        Err(error) => error_page(&state, &cx, parts, error, fields).await,
    }
}

use axum::{
    Extension, Form,
    extract::{FromRequest, Multipart, Path, Request, State, multipart::MultipartError},
    http::{StatusCode, Uri, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    documents::{DocumentKind, MessageForm},
    ids::DocumentId,
};
use services::{
    Cx, ServiceError, ServiceResult,
    documents::messages::{self, Upload},
};

use super::{Fields, field};
use crate::{
    http::{error_page, not_found_at},
    router::AppState,
};

/// The longest message with all its files, in bytes.
pub const MAX_MESSAGE_BODY: usize = 26 * 1024 * 1024;

/// What was sent.
#[derive(Default)]
struct Sent {
    form: MessageForm,
    /// The button that was pressed: `note` for an internal one.
    kind: String,
    files: Vec<Upload>,
}

/// `POST /my/{kind}/{id}/messages`: a message of a customer's.
pub(crate) async fn post_message(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let wanted: Option<(DocumentKind, DocumentId)> = DocumentKind::from_plural(&kind).zip(id.parse().ok());
    let Some((kind, id)) = wanted else { return not_found_at(&state, parts).await };
    // Who may not write here should not make us read what they send.
    if let Err(error) = messages::may_post_message(&cx, kind, id).await {
        return answer(&state, &cx, parts, Err(error), &MessageForm::default()).await;
    }
    let (sent, read) = read(Request::from_parts(parts.clone(), body), &state).await;
    let result = match read {
        Ok(()) => messages::post_message(&cx, kind, id, &sent.form, sent.files).await,
        Err(error) => Err(error),
    };
    answer(&state, &cx, parts, result, &sent.form).await
}

/// `POST /staff/documents/{id}/messages`: a message or an internal note of staff.
pub(crate) async fn post_staff_message(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(id) = id.parse::<DocumentId>() else { return not_found_at(&state, parts).await };
    if let Err(error) = messages::may_post_staff_message(&cx, id).await {
        return answer(&state, &cx, parts, Err(error), &MessageForm::default()).await;
    }
    let (sent, read) = read(Request::from_parts(parts.clone(), body), &state).await;
    let is_internal = sent.kind == "note";
    let result = match read {
        Ok(()) => messages::post_staff_message(&cx, id, is_internal, &sent.form, sent.files).await,
        Err(error) => Err(error),
    };
    answer(&state, &cx, parts, result, &sent.form).await
}

/// `POST /my/{kind}/{id}/follow`.
pub(crate) async fn follow_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path((kind, id)): Path<(String, String)>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let follows = field(&fields, "follow").as_deref() == Some("yes");
    let result = match DocumentKind::from_plural(&kind).zip(id.parse().ok()) {
        Some((kind, id)) => messages::follow_document(&cx, kind, id, follows).await,
        None => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, &MessageForm::default()).await
}

/// `POST /staff/documents/{id}/follow`.
pub(crate) async fn follow_staff_document(
    State(state): State<AppState>,
    Extension(cx): Extension<Cx>,
    Path(id): Path<String>,
    parts: Parts,
    Form(fields): Form<Fields>,
) -> Response {
    let follows = field(&fields, "follow").as_deref() == Some("yes");
    let result = match id.parse() {
        Ok(id) => messages::follow_staff_document(&cx, id, follows).await,
        Err(_not_a_key) => Err(ServiceError::NotFound),
    };
    answer(&state, &cx, parts, result, &MessageForm::default()).await
}

/// What was sent, as far as it came; the text stays also where a file did not.
async fn read(request: Request, state: &AppState) -> (Sent, ServiceResult<()>) {
    let mut sent = Sent::default();
    let Ok(mut upload) = Multipart::from_request(request, state).await else { return (sent, Ok(())) };
    let result = read_fields(&mut upload, &mut sent).await.map_err(|error| {
        let text = match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "All files of a message together are at most 25 MB.",
            _ => "The upload broke off. Try again.",
        };
        ServiceError::field("files", text)
    });
    (sent, result)
}

async fn read_fields(upload: &mut Multipart, sent: &mut Sent) -> Result<(), MultipartError> {
    while let Some(field) = upload.next_field().await? {
        match field.name() {
            Some("message") => sent.form.message = field.text().await?,
            Some("key") => sent.form.key = field.text().await?,
            Some("as") => sent.kind = field.text().await?,
            Some("files") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await?;
                // Browsers send a nameless empty file where none was chosen.
                if !name.is_empty() || !bytes.is_empty() {
                    sent.files.push(Upload { name, bytes });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Back to the conversation; or the document again with what was typed.
async fn answer(
    state: &AppState,
    cx: &Cx,
    mut parts: Parts,
    result: ServiceResult<()>,
    form: &MessageForm,
) -> Response {
    let document = parts.uri.path().rsplit_once('/').map_or("/my", |(document, _)| document);
    let page = match parts.uri.query() {
        Some(query) => format!("{document}?{query}"),
        None => document.to_owned(),
    };
    match result {
        Ok(()) => Redirect::to(&format!("{page}#messages")).into_response(),
        Err(ServiceError::NotFound | ServiceError::Unauthenticated) => not_found_at(state, parts).await,
        Err(error) => {
            if let Ok(uri) = page.parse::<Uri>() {
                parts.uri = uri;
            }
            let typed =
                vec![("message".to_owned(), form.message.clone()), ("key".to_owned(), form.key.clone())];
            error_page(state, cx, parts, error, typed).await
        }
    }
}
